import { styleText } from 'node:util';
import { Command } from 'commander';
import { isCalendarDate } from '../../protocol/permission/in-force.ts';
import {
  type DecideContext,
  dateOf,
  decideInquiry,
  decideLine,
  verdictLine,
} from './decide-line.ts';
import { decideStream } from './decide-stream.ts';
import { explain, type Paint } from './explain.ts';
import { type InquiryLine, type Party, Unreadable } from './inquiry-line.ts';
import { type DecideWorld, theWorld, todayBy } from './world.ts';

interface Options {
  readonly list?: string;
  readonly at?: string;
  readonly inquirer?: string;
  readonly provider?: string;
  readonly item?: string;
  readonly affair?: string;
  readonly information?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly explain?: boolean;
}

/**
 * `renkei decide`: one inquiry from options, or NDJSON from standard input. Whatever the verdict, it
 * answered: exit 0; usage errors end with 1.
 */
export function decideCommand(world: Partial<DecideWorld> = {}): Command {
  return new Command('decide')
    .description(
      'decide inquiries by the permission list in force / 照合リストで照会の可否を判定する',
    )
    .argument('[input]', '"-": NDJSON from standard input, one inquiry a line')
    .option('--list <id>', 'decide by this list rather than by the one in force')
    .option('--at <date>', 'the day in Japan, YYYY-MM-DD (default: today)')
    .option('--inquirer <role|code>', '情報照会者: a role of the list, or an agency code')
    .option('--provider <role|code>', '情報提供者: a role of the list, or an agency code')
    .option('--item <number>', '項, e.g. 25')
    .option('--affair <name|code>', '事務')
    .option('--information <name|code>', '特定個人情報')
    .option(
      '--config <file>',
      'where agency codes are looked up (default: renkei.yaml, if there is one)',
    )
    .option('--json', 'write the verdict as JSON')
    .option(
      '--explain',
      'with JSON: the whole decision, with legal ground and nearest alternatives',
    )
    .action((input: string | undefined, options: Options, command: Command) =>
      run({ ...theWorld(), ...world }, input, options, command),
    );
}

async function run(
  world: DecideWorld,
  input: string | undefined,
  options: Options,
  command: Command,
): Promise<void> {
  const usage = (ja: string, en: string): never =>
    command.error(`error: ${ja} / ${en}`, { exitCode: 1 });
  if (input !== undefined && input !== '-') {
    usage('入力は "-" だけです', 'the only argument is "-"; say what to decide with options');
  }
  const { list, at, inquirer, provider, item, affair, information } = options;
  const about = [list, at, inquirer, provider, item, affair, information];
  const single = about.some((value) => value !== undefined);
  if (single && input === '-') {
    usage('"-" では各行に書いてください', 'with "-", each line says what to decide');
  }
  if (!single && input === undefined && world.stdin.isTTY) {
    usage('照会を指定してください（--help）', 'nothing to decide; see --help');
  }
  const permission = await world.loadPermission();
  const agencies = await world
    .loadAgencies(options.config)
    .catch((error: unknown) =>
      usage(
        `${options.config ?? 'renkei.yaml'} を読めません`,
        `cannot read the agencies: ${error instanceof Error ? error.message : String(error)}`,
      ),
    );
  const context: DecideContext = { permission, agencies, today: todayBy(world.now) };
  if (!single) {
    const answer = (line: string) => decideLine(line, context, options.explain);
    return decideStream(world.stdin, world.stdout, answer);
  }

  if (inquirer === undefined || provider === undefined || information === undefined) {
    return usage(
      '--inquirer、--provider、--information が必要です',
      '--inquirer, --provider and --information are needed',
    );
  }
  if (item === undefined && affair === undefined) {
    usage('--item か --affair が必要です', '--item or --affair is needed');
  }
  if (at !== undefined && !isCalendarDate(at)) {
    usage('--at は YYYY-MM-DD の日付です', '--at must be a date, YYYY-MM-DD');
  }
  const inquiry: InquiryLine = {
    ...(list !== undefined && { list }),
    ...(at !== undefined && { at }),
    inquirer: partyOf(inquirer, context),
    ...(item !== undefined && { item }),
    ...(affair !== undefined && { affair }),
    provider: partyOf(provider, context),
    information,
  };
  const decision = decideInquiry(inquiry, context);
  if (decision instanceof Unreadable)
    return command.error(`error: ${decision.why}`, { exitCode: 1 });
  if (options.json) {
    const line = options.explain ? JSON.stringify(decision) : verdictLine(decision);
    world.stdout.write(`${line}\n`);
    return;
  }
  const paint: Paint = (colour, text) =>
    styleText(colour, text, { stream: world.stdout, validateStream: true });
  const asked = { ...options, date: dateOf(inquiry, context), inquirer, provider, information };
  world.stdout.write(explain(decision, asked, permission, paint));
  for (const name of [inquirer, provider]) {
    if (agencies.has(name) || permission.roles.has(name.normalize('NFC'))) continue;
    world.stderr.write(
      `注意 note: 「${name}」はどの照合リストにもない役割です / no list and no role table names this role\n`,
    );
  }
}

/** An agency code stands for the agency's roles; codes are digits, roles never are. */
const partyOf = (text: string, { agencies }: DecideContext): Party =>
  agencies.has(text) || /^[0-9]+$/.test(text) ? { agency: text } : { role: text };
