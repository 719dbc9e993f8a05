import type { AgencyNode } from '../node.ts';
import { factorPlace, type SecondFactor } from './users.ts';

/** A secret for one-time codes, for whoever is to use it. */
export interface IssuedFactor {
  readonly person: string;
  /** Base32, and as an authenticator app scans it. */
  readonly secret: string;
  readonly uri: string;
}

// Crockford’s: no letter that looks like a digit.
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** A password to begin with, 100 bits of chance in groups that can be read out. */
export async function issuePassword({ randomness, passwords }: AgencyNode) {
  const letters = [...randomness.bytes(20)].map((byte) => LETTERS[byte % 32]).join('');
  const text = letters.replaceAll(/.{5}(?=.)/g, '$&-');
  return { text, hash: await passwords.hash(text, randomness.bytes(16)) };
}

/** A secret for one person’s one-time codes: sealed to keep, and plain to hand over. */
export function issueFactor(node: AgencyNode, login: string, person: string) {
  const secret = node.randomness.bytes(20);
  return {
    factor: sealedFactor(node, login, person, secret),
    issued: tellFactor(node, login, person, secret),
  };
}

export const sealedFactor = (
  { vault }: Pick<AgencyNode, 'vault'>,
  login: string,
  person: string,
  secret: Uint8Array,
): SecondFactor => ({
  login,
  person,
  secret: vault.seal(secret, factorPlace(login, person)),
  step: 0,
});

const tellFactor = (
  { oneTimeCodes, code }: AgencyNode,
  login: string,
  person: string,
  secret: Uint8Array,
): IssuedFactor => {
  const label = login === person ? login : `${login}/${person}`;
  return {
    person,
    secret: oneTimeCodes.base32(secret),
    uri: oneTimeCodes.uriOf(secret, `renkei ${code}`, label),
  };
};
