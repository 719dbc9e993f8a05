import { z } from 'zod';
import { Words } from '../../../protocol/control-api/words.ts';

export const Clock = z.looseObject({ kind: z.enum(['manual', 'system']), now: z.string() });
export type Clock = z.infer<typeof Clock>;

const FaultShape = z.looseObject({
  action: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  message: z.string().optional(),
  leg: z.string().optional(),
  times: z.int().optional(),
});
export const Faults = z.looseObject({
  faults: z.array(z.looseObject({ id: z.string(), applied: z.int(), fault: FaultShape })),
});
export type Faults = z.infer<typeof Faults>;

export const Scenarios = z.looseObject({
  scenarios: z.array(
    z.looseObject({
      file: z.string(),
      name: z.string(),
      about: z.string().optional(),
      requirements: z.array(z.string()),
      tests: z.array(z.string()),
    }),
  ),
});
export type Scenarios = z.infer<typeof Scenarios>;

export const Report = z.looseObject({
  ok: z.boolean(),
  durationMs: z.number(),
  files: z.array(
    z.looseObject({
      name: z.string(),
      tests: z.array(
        z.looseObject({
          id: z.string(),
          verdict: z.string(),
          because: z.string().optional(),
          steps: z
            .array(
              z.looseObject({
                title: z.string(),
                verdict: z.string(),
                error: z.string().optional(),
                mismatches: z.array(
                  z.looseObject({ what: z.string(), expected: z.unknown(), actual: z.unknown() }),
                ),
              }),
            )
            .optional(),
          matrix: z.looseObject({ cases: z.int(), failed: z.int() }).optional(),
        }),
      ),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

export const Anything = z.looseObject({});

export const Logs = z.looseObject({
  logs: z.array(
    z.looseObject({
      party: z.string(),
      size: z.int(),
      root: z.string(),
      witnesses: z.array(
        z.looseObject({
          party: z.string(),
          seen: z.int().optional(),
          cosigned: z
            .looseObject({ size: z.int(), at: z.string(), fault: Words.optional() })
            .optional(),
        }),
      ),
    }),
  ),
});
export type LogState = z.infer<typeof Logs>['logs'][number];

export const Alarms = z.looseObject({
  alarms: z.array(
    z.looseObject({
      by: z.string(),
      log: z.string(),
      kind: z.string(),
      at: z.string(),
      seen: z.string(),
      shown: z.string(),
      trustedAt: z.string().optional(),
    }),
  ),
});
export type Alarm = z.infer<typeof Alarms>['alarms'][number];
