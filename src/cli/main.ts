import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { nearest } from '../network/config/nearest.ts';
import { type CliFailure, usage } from './output/cli-failure.ts';
import { paintFor } from './output/style.ts';
import { tell, tellAll } from './output/tell.ts';

/** Commands, loaded when they are named: deciding needs no server, and help needs nothing. */
const COMMANDS: Readonly<
  Record<string, { readonly about: string; readonly load: () => Promise<Command> }>
> = {
  up: {
    about: 'ネットワークを起動する / start the network',
    load: async () => (await import('./up/command.ts')).upCommand(),
  },
  query: {
    about: '照会を行い、段階ごとに示す / make a whole inquiry and show each step',
    load: async () => (await import('./query/command.ts')).queryCommand(),
  },
  inquiries: {
    about: '照会を扱う / make, list, approve and look at inquiries',
    load: async () => (await import('./inquiries/command.ts')).inquiriesCommand(),
  },
  systems: {
    about: '業務システムを扱う / enter, change and revoke business systems; log in as one',
    load: async () => (await import('./systems/command.ts')).systemsCommand(),
  },
  decide: {
    about: '照合リストで照会の可否を判定する / decide inquiries by the permission list',
    load: async () => (await import('./decide/command.ts')).decideCommand(),
  },
  clock: {
    about: '時計を見る、進める / show or move the network’s clock',
    load: async () => (await import('./control/clock-command.ts')).clockCommand(),
  },
  fault: {
    about: '障害を起こす / plant faults between the parties',
    load: async () => (await import('./control/fault-command.ts')).faultCommand(),
  },
  state: {
    about: '全機関の状態を書き出し、読み込み、最初に戻す / export, import or reset all parties',
    load: async () => (await import('./control/state-command.ts')).stateCommand(),
  },
  tail: {
    about: '電文と判定を見続ける / follow messages and decisions',
    load: async () => (await import('./control/tail-command.ts')).tailCommand(),
  },
  replay: {
    about: 'シナリオを実行し、結果を報告する / run scenarios and report',
    load: async () => (await import('./replay/command.ts')).replayCommand(),
  },
  copies: {
    about: '副本を扱う / list, show and change an agency’s copies',
    load: async () => (await import('./copies/command.ts')).copiesCommand(),
  },
  media: {
    about:
      '外部記録媒体を管理し、暗号化して書き出す / external media: ledger, lending, encrypted files',
    load: async () => (await import('./media/command.ts')).mediaCommand(),
  },
  reviews: {
    about: '確認と承認を待つ求めを扱う / review, approve and decline what waits for staff',
    load: async () => (await import('./reviews/command.ts')).reviewsCommand(),
  },
  staff: {
    about: '職員、権限、操作記録を扱う / users and authority, log-in, the operation log',
    load: async () => (await import('./staff/command.ts')).staffCommand(),
  },
  persons: {
    about: '統合宛名システムを扱う / look up, confirm, register, merge and split persons',
    load: async () => (await import('./persons/command.ts')).personsCommand(),
  },
  corrections: {
    about: '記録の訂正を扱う / correct an agency’s records, by two people',
    load: async () => (await import('./corrections/command.ts')).correctionsCommand(),
  },
  person: {
    about: '本人としてやりとり履歴を見る / what was asked about somebody, as they see it',
    load: async () => (await import('./person/command.ts')).personCommand(),
  },
  batch: {
    about: '照会依頼ファイルで一括照会する / make the inquiries of a file',
    load: async () => (await import('./batch/command.ts')).batchCommand(),
  },
  keys: {
    about: '中間サーバーの署名鍵を見る、替える / show and rotate a node’s signing key',
    load: async () => (await import('./keys/command.ts')).keysCommand(),
  },
  status: {
    about: '中間サーバーの状態を見る / how the nodes are: copies, keys, what waits',
    load: async () => (await import('./status/command.ts')).statusCommand(),
  },
  log: {
    about: '記録を書き出し、検証し、突き合わせる / export, verify and audit the records',
    load: async () => (await import('./log/command.ts')).logCommand(),
  },
  lists: {
    about: '照合リストを扱う / show, verify, compare and import permission lists',
    load: async () => (await import('./lists/command.ts')).listsCommand(),
  },
};

/** The command line. Sets the exit code; never throws. */
export async function main(args: readonly string[]): Promise<void> {
  process.once('uncaughtException', (error) => {
    void fail(error).finally(() => process.exit());
  });
  // Whoever reads may stop at any time (`| head`); what was begun is still carried out.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    await run(args);
  } catch (error) {
    await fail(error);
  }
}

async function run(args: readonly string[]): Promise<void> {
  const program = new Command('renkei')
    .description('情報提供ネットワークシステムのシミュレーター / a simulator of it')
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const words = args.filter((word) => !word.startsWith('-'));
  const named = words[0] === 'help' ? words[1] : words[0];
  if (named !== undefined && !Object.hasOwn(COMMANDS, named)) throw unknownCommand(named);
  if (named === 'persons') (await import('./persons/individual-number.ts')).refuseNumbers(args);
  for (const [name, { about, load }] of Object.entries(COMMANDS)) {
    if (name === named) program.addCommand((await load()).copyInheritedSettings(program));
    else program.command(name).description(about);
  }
  if (args.length === 0) {
    program.outputHelp();
    return;
  }
  await program.parseAsync(args, { from: 'user' });
}

function unknownCommand(name: string): CliFailure {
  const meant = nearest(name, Object.keys(COMMANDS));
  const known = Object.keys(COMMANDS).join(', ');
  return usage(
    `${name} というコマンドはありません`,
    `there is no command ${name}`,
    meant === undefined
      ? { ja: `使えるコマンド: ${known}`, en: `commands: ${known}` }
      : { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` },
  );
}

/** Tells what went wrong, on standard error, and sets the exit code. */
async function fail(error: unknown): Promise<void> {
  // Help and version are ends like any other to commander.
  if (error instanceof CommanderError && error.exitCode === 0) return;
  const { failureOf } = await import('./output/failure.ts');
  const failure = failureOf(error);
  process.stderr.write(tell(failure, paintFor(process.stderr)));
  if (process.env.RENKEI_DEBUG === '1') process.stderr.write(tellAll(error));
  process.exitCode = failure.exit;
}
