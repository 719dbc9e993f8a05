import type { z } from 'zod';
import { NodeError } from '../node-error.ts';

type Answers = Readonly<Record<number, z.ZodType>>;

/** What is read by GET. */
export interface ReadOperation {
  readonly path: string;
  readonly query?: z.ZodType;
  readonly responses: Answers;
}
/** What is sent by POST, as JSON. */
export interface MessageOperation {
  readonly path: string;
  readonly request: z.ZodType;
  readonly responses: Answers;
}
/** A file that is sent by POST, as the body itself. */
export interface UploadOperation {
  readonly path: string;
  readonly type: string;
  readonly query: z.ZodType;
  readonly responses: Answers;
}
/** A file that is read by GET. */
export interface DownloadOperation {
  readonly path: string;
  readonly query?: z.ZodType;
}
/** A file that is answered to a message sent by POST. */
export interface OrderOperation {
  readonly path: string;
  readonly request: z.ZodType;
  readonly types: readonly string[];
}

export type AnswerOf<Op extends { readonly responses: Answers }> = z.output<
  Op['responses'][keyof Op['responses'] & number]
>;

export type RequestOf<Op extends { readonly request: z.ZodType }> = z.input<Op['request']>;

/** Flags are written as words in a query; here they are booleans. */
type Given<Value> = Value extends 'true' | 'false' ? boolean : Value;

/** What a query may say. */
export type QueryOf<Op> = Op extends { readonly query: infer Query extends z.ZodType }
  ? { readonly [Key in keyof z.input<Query>]: Given<z.input<Query>[Key]> }
  : Readonly<Record<never, never>>;

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What a path names. */
export type ParamsOf<Op extends { readonly path: string }> = Readonly<
  Record<NamesIn<Op['path']>, string>
>;

/** The path with what it names, and the query after it. @throws NodeError not_found for what can be no id */
export function pathOf(
  template: string,
  params: Readonly<Record<string, string>> = {},
  query: object = {},
): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    // A tile’s own path has slashes.
    (name === 'path' ? (params[name] ?? '').split('/') : [params[name] ?? ''])
      .map(segmentOf)
      .join('/'),
  );
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Nothing and dots would make a path of something else (RFC 3986 §5.2.4), however they are written. */
function segmentOf(text: string): string {
  if (!/^\.{0,2}$/.test(text)) return encodeURIComponent(text);
  throw new NodeError({
    code: 'not_found',
    ja: '番号が空か、番号になり得ないものです',
    en: 'An id is empty, or can be no id',
    hint: { ja: '番号を確かめてください', en: 'Check the id' },
  });
}
