import { Command } from 'commander';
import { z } from 'zod';
import { usage } from '../output/cli-failure.ts';
import { secondsOf } from './duration.ts';
import { group, type Operating, operating, writeJson, writeLine } from './group.ts';
import { askControl, type FindOperator, theOperator } from './operator.ts';

const ClockReply = z.object({ kind: z.enum(['manual', 'system']), now: z.iso.datetime() });
const WORDS = { manual: '模擬時刻 manual', system: '実際の時刻 system' };

/** `renkei clock`: the network’s time, and moving it. */
export function clockCommand(find: FindOperator = theOperator): Command {
  const ask = async (options: Operating, path: string, body?: unknown): Promise<void> => {
    const reply = await askControl(find(options.running), path, ClockReply, body);
    if (options.json) writeJson(reply);
    else writeLine(`${inJapan(reply.now)}  ${WORDS[reply.kind]}`);
  };
  return group(
    'clock',
    '模擬時刻を示し、進める / show and move the network’s time',
    [
      operating(new Command('show').description('いまの時刻 / the time now')).action(
        (options: Operating) => ask(options, '/v1/clock'),
      ),
      operating(
        new Command('advance')
          .description(
            '時刻を進め、期限の来たことが済むまで待つ / move on, and wait until all is done',
          )
          .argument('<span>', '90s、1h30m、2d、PT90S'),
      ).action((span: string, options: Operating) =>
        ask(options, '/v1/clock/advance', { seconds: secondsOf(span, 'advance') }),
      ),
      operating(
        new Command('set')
          .description('先の時刻に合わせる / move on to an instant')
          .argument('<instant>', '2026-11-22T09:00:00+09:00'),
      ).action((instant: string, options: Operating) => {
        if (!z.iso.datetime({ offset: true }).safeParse(instant).success) {
          throw usage(
            '時差付きの日時（例 2026-11-22T09:00:00+09:00）を指定してください',
            'An instant with its offset is needed, such as 2026-11-22T09:00:00+09:00',
          );
        }
        return ask(options, '/v1/clock/set', { to: instant });
      }),
    ],
    'show',
  );
}

/** An instant in Japanese time, with its offset. */
export const inJapan = (iso: string): string =>
  `${new Date(Date.parse(iso) + 32_400_000).toISOString().replace('.000Z', 'Z').slice(0, -1)}+09:00`;
