import type { Command } from 'commander';
import { type Caller, callerOf } from '../node/call-node.ts';

/** The options that all of these have: whose node, as whom. */
export interface AtNode {
  readonly agency: string;
  readonly as: string;
  readonly session?: string;
  readonly running?: string;
  readonly json?: boolean;
}

/** @param as who does this unless told: a ready member of staff */
export const atNode = (command: Command, as = 'tanto'): Command =>
  command
    .requiredOption('--agency <code|name>', '機関 / whose node')
    .option('--as <user>', '職員 / as which member of staff', as)
    .option(
      '--session <token>',
      'ログインで得たトークン / token of a log-in, instead of --as (or RENKEI_SESSION)',
    )
    .option('--running <file>', '接続情報 / running.json of the network')
    .option('--json', 'JSON で出す / as JSON');

export const callerAt = ({ agency, as, session, running }: AtNode): Caller =>
  callerOf({ agency, as, session, running });

/** A path with a query of what is told. */
export function pathWith(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): string {
  const told = Object.entries(query).filter(
    (each): each is [string, string] => each[1] !== undefined,
  );
  return told.length === 0 ? path : `${path}?${new URLSearchParams(told)}`;
}
