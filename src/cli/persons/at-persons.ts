import type { Command } from 'commander';
import { agencyAt, type Caller } from '../node/call-node.ts';
import { usage } from '../output/cli-failure.ts';

/** The options that all of these have: whose address-number system, as whom. */
export interface AtPersons {
  readonly agency: string;
  readonly as: string;
  readonly running?: string;
  readonly json?: boolean;
}

/** @param as who does this unless told: a ready caller of the address-number system */
export const atPersons = (command: Command, as = 'tanto'): Command =>
  command
    .requiredOption('--agency <code|name>', '機関 / whose address-number system')
    .option('--as <caller>', '職員または業務システム / as which caller', as)
    .option('--running <file>', '接続情報 / running.json of the network')
    .option('--json', 'JSON で出す / as JSON');

/** What the ready officers are in charge of. */
const AFFAIR = '予防接種法による予防接種の実施に関する事務';

export interface ForAffair extends AtPersons {
  readonly affair: string;
}

/** Access is granted for affairs: these say for which. */
export const forAffair = (command: Command, as?: string): Command =>
  atPersons(command, as).option(
    '--affair <code|name>',
    'どの事務のためか / the affair that it is for',
    AFFAIR,
  );

/** @throws CliFailure network_not_running, or usage for an agency or caller that is not there */
export function personsCaller({ agency: named, as, running }: AtPersons): Caller {
  const { found, agency } = agencyAt(named, running);
  const { url, callers } = agency.addressNumbers;
  const token = Object.hasOwn(callers, as) ? callers[as] : undefined;
  if (token !== undefined) return { found, agency: { ...agency, url }, token };
  const known = Object.keys(callers).join(', ');
  throw usage(`${as} という利用者はいません`, `nobody is called ${as}`, {
    ja: `統合宛名システムの利用者: ${known}`,
    en: `callers of the address-number system: ${known}`,
  });
}
