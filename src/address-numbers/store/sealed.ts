import { keyedDigest } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import type { Vault } from '../../service/ports.ts';
import type { Basics } from '../core/persons/person.ts';

/** What this system keeps its secrets with: a key for each purpose, and none for two. */
export interface AtRest {
  /** Seals individual numbers, basic items and plans. */
  readonly vault: Vault;
  /** 32 bytes: digests by which a number is looked up without being kept. */
  readonly lookupKey: Uint8Array;
  /** 32 bytes: ties the lines of the access log. */
  readonly logKey: Uint8Array;
}

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Seals what a row holds; it opens in that row only. */
export function rowSealer({ vault, lookupKey }: AtRest) {
  const numberPlace = (person: string) => `persons ${person} number`;
  const basicsPlace = (person: string) => `persons ${person} basics`;
  return {
    sealNumber: (person: string, number: string) => vault.seal(utf8(number), numberPlace(person)),
    openNumber: (person: string, sealed: Uint8Array) =>
      textOf(vault.open(sealed, numberPlace(person))),
    sealBasics: (person: string, basics: Basics) =>
      vault.seal(utf8(canonicalJson(basics)), basicsPlace(person)),
    openBasics: (person: string, sealed: Uint8Array): Basics =>
      JSON.parse(textOf(vault.open(sealed, basicsPlace(person)))),
    sealPlan: (id: string, plan: unknown) =>
      vault.seal(utf8(canonicalJson(plan)), `changes ${id} plan`),
    openPlan: (id: string, sealed: Uint8Array) =>
      JSON.parse(textOf(vault.open(sealed, `changes ${id} plan`))),
    digestOf: (number: string) => keyedDigest(lookupKey, 'individual number', number),
    likeness: (text: string) => keyedDigest(lookupKey, 'likeness', text),
  };
}
export type RowSealer = ReturnType<typeof rowSealer>;
