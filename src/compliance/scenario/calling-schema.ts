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
    .regex(/^\/v1\/[a-zA-Z0-9/_?=&.:%<>-]*$/)
    .describe(
      say(
        '<id> は前の手順の照会（一括照会）の番号、<id.digest> はそのとき示された内容の値。body でも使える',
        '<id>: the inquiry, or the batch, of an earlier step, <id.digest>: of what was shown there; in `body` as well',
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
  'Calls a node as a business system or staff',
  {
    agency: party(),
    get: path().optional(),
    post: path().optional(),
    body: z
      .record(z.string(), z.json())
      .describe(say('post の内容。省くと空', 'What is posted; nothing if left out'))
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
  });
