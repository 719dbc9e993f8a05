import type { Command } from 'commander';
import { z } from 'zod';
import { AgencyCode, IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { type Operating, operating } from '../control/group.ts';
import { askControl, type FindOperator, theOperator } from '../control/operator.ts';
import { usage } from '../output/cli-failure.ts';

/** The options that all of these have: whose card is in the reader. */
export interface AsPerson extends Operating {
  readonly resident: string;
  readonly agency?: string;
}

export const asPerson = (command: Command): Command =>
  operating(
    command
      .requiredOption(
        '--resident <number>',
        '本人（ある機関の団体内統合宛名番号で） / who, as an agency numbers them',
      )
      .option(
        '--agency <code>',
        'どの機関の番号か / whose number it is, if several agencies have it',
      ),
  );

interface Schema<Shape> {
  parse(input: unknown): Shape;
}

/** A GET, or a POST with a body, as the person who is logged in. */
export type Ask = <Shape>(path: string, reply: Schema<Shape>, body?: unknown) => Promise<Shape>;

const Session = z.object({ token: z.string() });

/** Who it is, as the control plane wants it. @throws CliFailure usage */
export function residentOf({ resident, agency }: AsPerson): { resident: string; agency?: string } {
  if (!IntegratedAddressNumber.safeParse(resident).success) {
    throw usage(
      '--resident には団体内統合宛名番号（15桁）を指定してください',
      '--resident is an integrated address number: fifteen digits',
      { ja: '`renkei up` が示した住民を使えます', en: '`renkei up` printed residents to try' },
    );
  }
  if (agency === undefined) return { resident };
  if (AgencyCode.safeParse(agency).success) return { resident, agency };
  throw usage('--agency は機関コード（5桁）です', '--agency is an agency code: five digits');
}

/**
 * Logs somebody in with their simulated card.
 * @throws CliFailure usage, network_not_running; RenkeiError as registry and gateway say
 */
export async function logInWith(options: AsPerson, find: FindOperator = theOperator): Promise<Ask> {
  const who = residentOf(options);
  const operator = find(options.running);
  const { token } = await askControl(operator, '/v1/persons/sessions', Session, who);
  const headers = { 'x-person-authorization': `Bearer ${token}` };
  return (path, reply, body) => askControl(operator, path, reply, body, headers);
}
