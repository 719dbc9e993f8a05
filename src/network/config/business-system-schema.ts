import { z } from 'zod';
import { ClientKeyInput } from '../../protocol/client-key.ts';
import { count, text } from './fields.ts';
import { say } from './say.ts';

/** Shape of a business system (既存システム) of an agency in renkei.yaml. */

const AllowanceSchema = z.strictObject({
  affair: text(
    '事務の名称（照合リストのとおり）またはコード',
    'An affair, by its name in the permission list or by code',
  ),
  information: z
    .union([z.literal('all'), z.array(text('名称またはコード', 'Name or code')).min(1)], {
      error: say('all、または特定個人情報の名称の並び', '`all`, or names of information'),
    })
    .default('all')
    .describe(
      say(
        'その事務に必要な特定個人情報。省略すると事務に認められたすべて',
        'The information that the affair needs; all that the law allows it, if left out',
      ),
    ),
});

/** The same as `ClientKeyInput`, in words for editors. */
const KeySchema = z
  .strictObject({
    kty: z.enum(['OKP', 'EC']).describe(say('OKP（Ed25519）か EC（P-256）', 'OKP or EC')),
    crv: z.enum(['Ed25519', 'P-256']).describe(say('曲線', 'Curve')),
    x: text('公開鍵', 'Public key'),
    y: text('公開鍵（P-256 の y）', 'Public key (y, of P-256)').optional(),
    kid: text(
      '鍵の名前。省略すると拇印（RFC 7638）',
      'Name; its thumbprint if left out',
    ).optional(),
  })
  .transform((key, context): ClientKeyInput => {
    const read = ClientKeyInput.safeParse(key);
    if (read.success) return read.data;
    context.addIssue({
      code: 'custom',
      message: say('Ed25519 か P-256 の公開鍵（JWK）', 'a public key (JWK), Ed25519 or P-256'),
    });
    return z.NEVER;
  });

export const BusinessSystemSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
        error: say('英小文字・数字・._- で64字まで', 'a-z, 0-9 and ._-, at most 64'),
      })
      .describe(
        say(
          'ID。gyomu か atena なら、初めからあるものに代わる',
          'Its id; `gyomu` or `atena` take the place of those that are always there',
        ),
      ),
    name: text('名称', 'Its name'),
    uses: z
      .array(z.enum(['inquire', 'import-copies', 'acquire-codes', 'change-persons']))
      .default(['inquire'])
      .describe(
        say(
          '使える機能: 照会、副本の登録、識別符号の取得、住民の統合・分離',
          'What it may use: inquiries, import of copies, acquisition of codes, merging and splitting of persons',
        ),
      ),
    asks: z
      .union([z.literal('all'), z.array(AllowanceSchema)], {
        error: say('all、または affair と information の並び', '`all`, or a list of affairs'),
      })
      .default('all')
      .describe(
        say(
          '照会できる事務と特定個人情報。all は法令が機関に認めるすべて',
          'What it may inquire for; `all`: whatever the law allows the agency',
        ),
      ),
    rate: z
      .strictObject({
        perSecond: count('1秒当たりの回数', 'Requests a second', 1, 100_000),
        burst: count('一度に許す回数', 'Requests at once', 1, 100_000),
      })
      .optional()
      .describe(say('要求の上限。省略すると上限なし', 'Limit of requests; none if left out')),
    keys: z
      .array(KeySchema)
      .max(5)
      .optional()
      .describe(
        say(
          '公開鍵（JWK、Ed25519 か P-256）。省略すると種から作る',
          'Public keys (JWK, Ed25519 or P-256); made from the seed if left out',
        ),
      ),
  })
  .describe(
    say(
      '中間サーバーに接続する業務システム。後から職員が変えたものは、その変更が優先する',
      'A system that connects to the node. Entered at the first start; what staff change later counts',
    ),
  );

export type BusinessSystemConfig = z.output<typeof BusinessSystemSchema>;
