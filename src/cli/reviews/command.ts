import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { ReviewContent, ReviewView, reviews } from '../../protocol/node-api/reviews.ts';
import { group, writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { rowsIn } from '../copies/entry.ts';
import { withFindings } from '../copies/with-findings.ts';
import { callNode } from '../node/call-node.ts';
import { mustAgree } from '../node/must-agree.ts';
import { usage } from '../output/cli-failure.ts';
import { paintFor } from '../output/style.ts';
import { listText, REASONS, reviewLine, shownText } from './print.ts';

const placeOf = (exchange: string): string => `/v1/reviews/${encodeURIComponent(exchange)}`;
const exchangeOf = (command: Command): Command =>
  command.argument('<exchange>', '交換の番号 / the exchange, as `reviews list` shows it');

/** `renkei reviews`: requests for provision that wait for people. */
export const reviewsCommand = (): Command =>
  group('reviews', '確認と承認を待つ求めを扱う / what waits for staff of a provider', [
    listCommand(),
    showCommand(),
    enterCommand(),
    lookingFirst('review'),
    becauseOf('return'),
    lookingFirst('approve'),
    becauseOf('decline'),
  ]);

const listCommand = (): Command =>
  atNode(new Command('list').description('期限の順に並べる / by due date')).action(
    async (options: AtNode) => {
      const answer = await callNode(callerAt(options), '/v1/reviews');
      if (options.json) return writeJson(answer);
      process.stdout.write(
        listText(fitted(reviews.list.responses[200], answer).reviews, paintFor(process.stdout)),
      );
    },
  );

const showCommand = (): Command =>
  exchangeOf(
    atNode(
      new Command('show').description(
        '送られる内容を見る。記録される / the content; it is recorded',
      ),
    ),
  ).action(async (exchange: string, options: AtNode) => {
    const answer = await callNode(callerAt(options), placeOf(exchange));
    if (options.json) return writeJson(answer);
    process.stdout.write(shownText(fitted(ReviewContent, answer), paintFor(process.stdout)));
  });

/** The content is shown, and what was shown is what counts. */
const lookingFirst = (name: 'review' | 'approve'): Command =>
  exchangeOf(
    atNode(
      new Command(name)
        .description(
          name === 'review'
            ? '内容を確認する / find that the content may be sent'
            : '別の職員が承認し、送る / approve as somebody else: it is sent',
        )
        .option('--yes', '表示した内容でよい / what is shown is right: do not ask')
        .option(
          '--seen <digest>',
          '`show --json` の seen。それと違う内容なら行わない / its `seen`',
        ),
      name === 'review' ? 'tanto' : 'jocho',
    ),
  ).action(
    async (
      exchange: string,
      options: AtNode & { readonly yes?: boolean; readonly seen?: string },
    ) => {
      const caller = callerAt(options);
      let { seen } = options;
      if (seen === undefined) {
        const shown = fitted(ReviewContent, await callNode(caller, placeOf(exchange)));
        if (!options.json) process.stdout.write(shownText(shown, paintFor(process.stdout)));
        if (!options.yes) await mustAgree('renkei reviews show EXCHANGE');
        seen = shown.seen;
      }
      tellOf(options, await callNode(caller, `${placeOf(exchange)}/${name}`, { seen }));
    },
  );

const becauseOf = (name: 'return' | 'decline'): Command =>
  exchangeOf(
    atNode(
      new Command(name)
        .description(
          name === 'return'
            ? '確認に差し戻す / give it back to be reviewed again'
            : '却下する。理由は伝わらない / decline; the inquirer is never told why',
        )
        .requiredOption('--reason <reason>', Object.keys(REASONS).join(', '))
        .option('--note <words>', 'この機関の職員だけが見る / for this agency’s staff alone'),
      'jocho',
    ),
  ).action(
    async (
      exchange: string,
      options: AtNode & { readonly reason: string; readonly note?: string },
    ) => {
      const { reason, note } = options;
      if (!Object.hasOwn(REASONS, reason)) throw unknownReason();
      const body = { reason, ...(note !== undefined && { note }) };
      tellOf(options, await callNode(callerAt(options), `${placeOf(exchange)}/${name}`, body));
    },
  );

const enterCommand = (): Command =>
  exchangeOf(
    atNode(
      new Command('enter')
        .description('原本から入力する（副本がないとき） / enter what the originals say')
        .requiredOption('--layout <version>', 'レイアウトの版 / layout version')
        .option('--records <file>', '行（JSON の配列、- は標準入力） / its rows, a JSON array')
        .option('--none', '記録はない / there is no record'),
    ),
  ).action(
    async (
      exchange: string,
      options: AtNode & {
        readonly layout: string;
        readonly records?: string;
        readonly none?: boolean;
      },
    ) => {
      if ((options.records === undefined) === (options.none === undefined)) {
        throw usage('--records か --none が必要です', 'one of --records and --none is needed');
      }
      const records = options.records === undefined ? [] : await rowsIn(options.records);
      const body = { layoutVersion: options.layout, records };
      const path = `${placeOf(exchange)}/enter`;
      tellOf(options, await callNode(callerAt(options), path, body).catch(withFindings));
    },
  );

function tellOf({ json }: AtNode, answer: unknown): void {
  if (json) writeJson(answer);
  else process.stdout.write(reviewLine(fitted(ReviewView, answer)));
}

const unknownReason = () =>
  usage('その理由はありません', 'there is no such reason', {
    ja: Object.entries(REASONS)
      .map(([code, words]) => `${code}: ${words}`)
      .join('\n'),
    en: Object.keys(REASONS).join(', '),
  });
