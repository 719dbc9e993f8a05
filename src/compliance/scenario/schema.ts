import { z } from 'zod';
import { text } from '../../network/config/fields.ts';
import { say } from '../../network/config/say.ts';
import { requirements } from '../coverage/requirements.ts';
import { alias, instant, itemNumber, oneOrMore, prose, reference } from './fields.ts';
import { MatrixSchema } from './matrix-schema.ts';
import { PartySchema, PersonSchema } from './parties-schema.ts';
import { StepSchema } from './steps-schema.ts';

/** Shape of a scenario file. Every description ends up in scenario.schema.json, for editors to show. */

const RefSchema = z
  .strictObject({
    law: text('法令の条項', 'Provision of law').optional(),
    item: oneOrMore(itemNumber()).optional(),
    requirement: oneOrMore(
      z.enum(Object.keys(requirements) as [string, ...string[]], {
        error: say('要件番号（R-101 など）', 'a requirement: R-101 and its like'),
      }),
    )
      .describe(say('要件番号（R-101）', 'Requirement number: R-101'))
      .optional(),
  })
  .describe(say('根拠となる法令、項、要件番号', 'The law, the item and the requirement behind it'));

const section = (...keys: readonly string[]) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, z.int().optional()]))).optional();

/** Bounds and defaults are those of renkei.yaml: what comes out is checked as such (run/config-of.ts). */
const SettingsSchema = z
  .strictObject({
    permit: section('lifetimeSeconds'),
    message: section('toleranceSeconds', 'maxBytes'),
    provider: section('timeoutSeconds'),
    results: section('keepDays'),
    deliveries: section('keepDays'),
    reviews: section('dueDays', 'lapseDays'),
    directory: section('lifetimeHours'),
    keys: section('overlapHours'),
    permissionLists: section('lifetimeHours'),
    staff: z
      .strictObject({
        password: section(
          'minLength',
          'maxAgeDays',
          'history',
          'initialHours',
          'memoryKiB',
          'passes',
        ),
        lockOut: section('failures', 'minutes'),
        session: section('idleMinutes', 'hours'),
      })
      .optional(),
    anomalies: z
      .strictObject({
        failedLogIns: section('count', 'minutes'),
        manyPersons: section('persons', 'minutes'),
      })
      .optional(),
  })
  .describe(
    say(
      'renkei.yaml と異なる設定（書いた節だけ）',
      'Sections of renkei.yaml that this scenario has otherwise',
    ),
  );

const TestSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, {
        error: say('英小文字、数字、. _ - の名前', 'a name of small letters, digits, . _ -'),
      })
      .describe(say('変わらない名前', 'A name that never changes')),
    because: prose('なぜそうなるか', 'Why it must be so').optional(),
    ref: RefSchema.optional(),
    matrix: MatrixSchema.optional(),
    steps: z.array(StepSchema).min(1).max(1000).optional(),
  })
  .refine(({ matrix, steps }) => (matrix === undefined) !== (steps === undefined), {
    error: say('matrix か steps のどちらか一方', 'either `matrix` or `steps`'),
  });

const parties = (ja: string, en: string) =>
  z.record(alias('名前', 'A name'), PartySchema).describe(say(ja, en));

export const ScenarioSchema = z
  .strictObject({
    version: z
      .literal(1, { error: say('1 でなければなりません', 'must be 1') })
      .describe(say('この形式の版。常に 1', 'Version of this format: always 1')),
    name: text('名称', 'Its name'),
    about: prose('説明', 'What it is about').optional(),
    ref: RefSchema.optional(),
    seed: text('種。同じ種からは同じ結果', 'The same seed gives the same outcome'),
    now: instant('シナリオの始まる時刻', 'The instant at which it begins'),
    network: reference(
      'ネットワーク設定。省くと renkei に付属の renkei.yaml',
      'Configuration of the network; left out: the one that renkei ships',
    ).optional(),
    settings: SettingsSchema.optional(),
    inquirers: parties('情報照会者', 'The inquirers').default({}),
    providers: parties('情報提供者', 'The providers').default({}),
    persons: z
      .record(alias('名前', 'A name'), PersonSchema)
      .describe(say('架空の住民', 'Invented residents'))
      .default({}),
    tests: z.array(TestSchema).min(1).max(5000),
  })
  .describe(say('renkei のシナリオ', 'A scenario of renkei'));

export type Scenario = z.output<typeof ScenarioSchema>;
export type ScenarioTest = Scenario['tests'][number];
export type Ref = z.output<typeof RefSchema>;
