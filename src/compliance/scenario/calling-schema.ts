import { z } from 'zod';
import { say } from '../../network/config/say.ts';
import { alias } from './fields.ts';

/** Calls of an agency’s own people and systems: log-in, and pages of the node. */

const action = <Shape extends z.ZodRawShape>(ja: string, en: string, shape: Shape) =>
  z.strictObject(shape).describe(say(ja, en));
const party = () => alias('機関（inquirers、providers の名前）', 'An agency of this scenario');
const earlier = (ja: string, en: string) => alias(ja, en).optional();
const path = () =>
  z
    .string()
    .regex(/^\/v1\/[^\s#%\\"'`{}|^]*$/u)
    .describe(
      say(
        '<id> は前の手順の照会（一括照会など）の番号、<id.項目> はその応答の項目（<id.digest> など）、<住民.number> はその機関の統合宛名番号、<住民.addressNumber> は宛名番号、<住民.individualNumber> は個人番号。body と file でも使える',
        '<id>: the inquiry, the batch … of an earlier step, <id.digest> and its like: a member of its answer, <person.number>: the agency’s integrated address number, <person.addressNumber>: the business system’s, <person.individualNumber>; in `body` and `file` as well',
      ),
    );

export const logIn = action(
  '職員がログインする。コードは一度しか使えないので、続けてログインするには advance: 30s をはさむ',
  'A member of staff logs in. A code is good once: put advance: 30s between two log-ins',
  {
    agency: party(),
    user: alias('利用者 ID', 'Log-in name'),
    password: z.enum(['right', 'wrong']).describe(say('パスワード', 'Password')).default('right'),
    code: z
      .enum(['right', 'wrong', 'again'])
      .describe(
        say(
          'ワンタイムコード。again は前に送ったコード',
          'One-time code; `again`: the one that was sent before',
        ),
      )
      .default('right'),
    who: alias('共用の ID を使う人', 'Who it is, at a shared id').optional(),
    of: earlier(
      'パスワードや鍵を渡した前の手順（call）。省くと用意された利用者のもの',
      'The earlier call that handed over password or secret; left out, a ready user’s',
    ),
  },
);

export const call = action(
  '業務システム・職員の画面を呼び出す',
  'Calls a node or an address-number system as a business system or staff, or the control plane as its operator',
  {
    agency: party(),
    to: z
      .enum(['node', 'address-numbers', 'control'])
      .describe(
        say(
          '中間サーバー、団体内統合宛名システム（呼出し元と権限はそれぞれのもの）、または運用者の管理面（as: operator）',
          'Its node, its address-number system (each with callers and rights of its own), or the operator’s control plane (`as: operator`)',
        ),
      )
      .default('node'),
    get: path().optional(),
    post: path().optional(),
    body: z
      .record(z.string(), z.json())
      .describe(say('post の内容。省くと空', 'What is posted; nothing if left out'))
      .optional(),
    file: z
      .string()
      .max(10_000)
      .describe(say('body に代えて送る CSV ファイルの内容', 'A CSV file that is sent instead'))
      .optional(),
    as: alias('呼出し元', 'Who calls').default('gyomu'),
    session: earlier(
      'ログインした前の手順（as に代えて）',
      'An earlier log-in, whose session counts instead of `as`',
    ),
  },
)
  .refine(({ get, post }) => (get === undefined) !== (post === undefined), {
    error: say('get か post のどちらか', 'either `get` or `post`'),
  })
  .refine(({ post, body }) => body === undefined || post !== undefined, {
    path: ['body'],
    error: say('body は post にだけ書ける', '`body` belongs to `post`'),
  })
  .refine(({ post, body, file }) => file === undefined || (post !== undefined && !body), {
    path: ['file'],
    error: say('file は body のない post にだけ書ける', '`file` belongs to `post`, without `body`'),
  })
  .refine(({ to, session }) => to === 'node' || session === undefined, {
    path: ['session'],
    error: say('ログインは中間サーバーのもの', 'log-ins are the node’s'),
  });
