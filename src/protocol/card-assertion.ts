import { CompactSign, compactVerify, errors, importJWK } from 'jose';
import { z } from 'zod';
import { type Card, type CardKey, CardSerial } from './card-key.ts';
import { canonicalJson, fromBase64url, malformed, textOf, utf8 } from './encoding.ts';
import { RenkeiError } from './errors.ts';
import { Id, NumericDate, REGISTRY } from './identifiers.ts';

const ALGORITHM = 'ES256';
const TYP = 'card-assertion+jwt';
const MAX_TOKEN = 2048;

const Header = z.strictObject({
  alg: z.literal(ALGORITHM),
  kid: CardSerial,
  typ: z.literal(TYP),
});
const Claims = z.strictObject({
  aud: z.literal(REGISTRY),
  /** What the gateway gave out, good once and for a short time. */
  challenge: Id,
  iat: NumericDate,
});

/** A challenge that the holder of a card has signed. */
export interface CardAssertion {
  readonly card: string;
  readonly challenge: string;
}

/** What a card does once its holder has unlocked it: it signs the challenge (JWS compact, ES256). @param now ms */
export async function signCardAssertion(
  card: Pick<Card, 'serial' | 'privateKey'>,
  challenge: string,
  now: number,
): Promise<string> {
  const claims = Claims.parse({ aud: REGISTRY, challenge, iat: Math.floor(now / 1000) });
  return await new CompactSign(utf8(canonicalJson(claims)))
    .setProtectedHeader({ alg: ALGORITHM, kid: card.serial, typ: TYP })
    .sign(await importJWK(card.privateKey, ALGORITHM));
}

/**
 * Opens what a card signed, by its own key and its one algorithm (RFC 8725 §3.1). An unknown card and a wrong
 * signature are answered alike.
 * @param keyOf the key of a card, whatever has become of the card since
 * @throws RenkeiError message_malformed, signature_invalid, clock_skew
 */
export async function openCardAssertion(
  token: string,
  expected: {
    readonly keyOf: (card: string) => CardKey | undefined;
    readonly now: number;
    readonly toleranceSeconds: number;
  },
): Promise<CardAssertion> {
  const [header = '', payload = '', ...rest] = token.split('.');
  if (token.length > MAX_TOKEN || rest.length !== 1) {
    throw malformed('カードの署名 (JWS compact) ではありません', 'Not a compact JWS of a card');
  }
  const { kid } = part(header, Header);
  const { challenge, iat } = part(payload, Claims);
  const key = expected.keyOf(kid);
  if (!key || !(await isSignedWith(token, key))) {
    throw new RenkeiError('signature_invalid', {
      ja: 'このカードの署名と確認できません',
      en: 'Not to be verified as signed by this card',
    });
  }
  if (Math.abs(iat - expected.now / 1000) > expected.toleranceSeconds + 1) {
    throw new RenkeiError('clock_skew');
  }
  return { card: kid, challenge };
}

async function isSignedWith(token: string, key: CardKey): Promise<boolean> {
  try {
    await compactVerify(token, await importJWK(key, ALGORITHM), { algorithms: [ALGORITHM] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

function part<Shape>(text: string, schema: z.ZodType<Shape>): Shape {
  try {
    return schema.parse(JSON.parse(textOf(fromBase64url(text))));
  } catch {
    // The reasons would quote the text.
    throw malformed('カードの署名の形式が正しくありません', 'Not what a card signs');
  }
}
