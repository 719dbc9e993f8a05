import { z } from 'zod';
import { AgencySchema } from './agency-schema.ts';
import { count, host, instant, keepPeriod, port, text, timeOfDay } from './fields.ts';
import { say } from './say.ts';
import { AnomaliesSchema, StaffSchema } from './staff-schema.ts';

/** Shape of renkei.yaml. Every description ends up in renkei.schema.json, for editors to show. */

/** So far behind the nodes’ first port stands that of the address-number systems, unless told otherwise. */
const BEHIND = 100;

const ListenFields = z.strictObject({
  host: host().default('127.0.0.1'),
  gateway: port(
    '情報提供ネットワークシステムのポート。0 は空いているポートを選ぶ',
    'Port of the gateway. 0 picks a free one, here and in every port below',
  ).default(8700),
  registry: port(
    '住民基本台帳ネットワーク（代役）のポート',
    'Port of the resident registry stand-in',
  ).default(8701),
  control: port(
    'コンソールと操作用 API のポート',
    'Port of the console and the control plane',
  ).default(8702),
  nodes: port(
    '最初の機関の中間サーバーのポート。以降は機関の記載順に1ずつ増える',
    'Port of the first agency’s node; the others count up in the order of `agencies`',
  ).default(8710),
  addressNumbers: port(
    '最初の機関の団体内統合宛名システムのポート。以降は機関の記載順に1ずつ増える。省略すると nodes の100後（8810）',
    'Port of the first agency’s address-number system; the others count up. 100 behind `nodes` (8810) if left out',
  ).optional(),
});
const ListenSchema = ListenFields.transform((listen) => ({
  ...listen,
  addressNumbers: listen.addressNumbers ?? (listen.nodes === 0 ? 0 : listen.nodes + BEHIND),
}));

const section = <Shape extends z.ZodRawShape>(ja: string, en: string, shape: Shape) =>
  z.strictObject(shape).describe(say(ja, en));

export const ConfigSchema = z
  .strictObject({
    version: z
      .literal(1, { error: say('1 でなければなりません', 'must be 1') })
      .describe(say('この形式の版。常に 1', 'Version of this format: always 1')),
    seed: text(
      '架空の住民や鍵を作る種。同じ種からは同じ世界ができる',
      'Seed of the invented people and keys: the same seed gives the same world',
    ),
    clock: instant().default('system'),
    data: text(
      'データベースを置くフォルダー。このファイルからの相対パス',
      'Folder of the databases, relative to this file',
    ).default('data'),
    listen: ListenSchema.describe(
      say(
        '待ち受けるアドレスとポート。重複は許されない',
        'Address and ports; no two may be the same',
      ),
    ).prefault({}),
    permit: section('情報提供許可証', 'Provision permits', {
      lifetimeSeconds: count(
        '有効期間（秒）',
        'How long a permit is good, in seconds',
        1,
        3600,
      ).default(60),
    }).prefault({}),
    message: section('機関の間の電文', 'Messages between the parties', {
      toleranceSeconds: count(
        '時計のずれの許容（秒）',
        'Clock difference let pass, in seconds',
        0,
        600,
      ).default(30),
      maxBytes: count(
        '電文の最大バイト数',
        'Largest message, in bytes',
        65_536,
        67_108_864,
      ).default(2_097_152),
    }).prefault({}),
    provider: section('情報提供者への接続', 'Reaching providers', {
      timeoutSeconds: count(
        '応答を待つ時間（秒）',
        'How long to wait for an answer, in seconds',
        1,
        300,
      ).default(10),
    }).prefault({}),
    results: section('情報照会者が受領した結果', 'Results at the inquirer', {
      keepDays: count(
        '保存する日数。過ぎると自動的に消す',
        'Days until a result is deleted by itself',
        1,
        3650,
      ).default(7),
    }).prefault({}),
    inquiries: section('端末での情報照会', 'Inquiries at terminals', {
      approvalHours: count(
        '上長の承認を待つ時間。過ぎると失効する',
        'Hours that an inquiry waits for a supervisor’s approval before it lapses',
        1,
        8760,
      ).default(72),
    }).prefault({}),
    deliveries: section('情報照会者に届けられなかった提供', 'Answers that could not be delivered', {
      keepDays: count(
        '封をしたまま預かる日数',
        'Days that the gateway keeps them, sealed',
        1,
        3650,
      ).default(30),
    }).prefault({}),
    reviews: section('職員による確認と承認', 'Review and approval by staff', {
      dueDays: count(
        '決定の期限（開庁日の日数）',
        'Working days until a request should be decided on',
        0,
        60,
      ).default(3),
      closesAt: timeOfDay(
        '期限の日の閉庁時刻',
        'When offices close on the day that it is due',
      ).default('17:15'),
      lapseDays: count(
        '決定されない求めを終える日数。deliveries.keepDays より短くする',
        'Days after which a request that nobody decided on is ended; fewer than deliveries.keepDays',
        1,
        365,
      ).default(14),
    }).prefault({}),
    batches: section('照会依頼ファイルによる一括照会', 'Batches of inquiries from files', {
      concurrency: count(
        '一括照会1件が同時に行う照会の数',
        'Inquiries of one batch under way at once',
        1,
        256,
      ).default(32),
      maxBytes: count(
        '照会依頼ファイルの最大バイト数',
        'Largest inquiry file, in bytes',
        65_536,
        4_294_967_296,
      ).default(268_435_456),
    }).prefault({}),
    directory: section('署名された機関名簿', 'The signed directory of agencies', {
      lifetimeHours: count('有効期間（時間）', 'How long it is good, in hours', 1, 8760).default(
        24,
      ),
    }).prefault({}),
    keys: section('中間サーバーの署名鍵', 'The signing keys of the nodes', {
      overlapHours: count(
        '鍵を替えた後、前の鍵も使える時間',
        'Hours for which the key before counts on when it was replaced',
        1,
        8760,
      ).default(24),
    }).prefault({}),
    permissionLists: section('照合リスト', 'Permission lists', {
      folder: text(
        '照合リストのあるフォルダー。このファイルからの相対パス',
        'Their folder, relative to this file',
      ).default('permission-lists'),
      lifetimeHours: count(
        '各機関の写しの有効期間（時間）',
        'How long an agency’s copy is good, in hours',
        1,
        8760,
      ).default(24),
    }).prefault({}),
    layouts: section('副本のデータ標準レイアウト', 'Layouts of the copies', {
      folder: text(
        'レイアウトのあるフォルダー。このファイルからの相対パス。renkei に付属するレイアウトに加わり、同じ種類と版のものには代わる',
        'Their folder, relative to this file. They join those that come with renkei, and take the place of the same kind and version',
      ).default('layouts'),
    }).prefault({}),
    retention: section('情報提供等の記録の保存', 'Keeping the records', {
      period: keepPeriod(
        '保存する期間。過ぎた記録の内容は自動的に消える。機関ごとに延ばすには agencies の retention',
        'How long they are kept; then their content is deleted by itself. `retention` of an agency keeps its own longer',
      ).default('P7Y'),
    }).prefault({}),
    staff: StaffSchema.prefault({}),
    anomalies: AnomaliesSchema.prefault({}),
    residents: section('架空の住民', 'Invented residents', {
      count: count('人数', 'How many', 0, 100_000).default(200),
    }).prefault({}),
    agencies: z
      .array(AgencySchema)
      .min(1, { error: say('機関を1つ以上書いてください', 'name at least one agency') })
      .max(1000)
      .describe(say('参加する機関', 'The agencies that take part')),
  })
  .describe(say('renkei の設定', 'Configuration of renkei'));

/** A configuration as the launcher uses it: complete, every default filled in. */
export type NetworkConfig = z.output<typeof ConfigSchema>;
/** A configuration as a person writes it. */
export type NetworkConfigInput = z.input<typeof ConfigSchema>;
export type AgencyConfig = NetworkConfig['agencies'][number];
export type AssessmentConfig = AgencyConfig['assessments'][number];
