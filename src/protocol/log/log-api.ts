import { z } from 'zod';

/** A log that contradicted itself: two checkpoints, both signed by it, that don’t go together. */
export const AlarmView = z.strictObject({
  log: z.string().describe('Whose log'),
  kind: z.enum(['fork', 'rollback', 'consistency']),
  at: z.string().describe('When it was found, by the clock of who found it'),
  seen: z.string().describe('The checkpoint that was accepted before'),
  shown: z.string().describe('The one that contradicts it'),
  trustedAt: z.string().optional().describe('When an operator trusted the log anew'),
});
export type AlarmView = z.infer<typeof AlarmView>;

export const AlarmsBody = z.strictObject({
  alarms: z.array(AlarmView),
  seen: z
    .array(z.strictObject({ log: z.string(), checkpoint: z.string() }))
    .describe('The largest checkpoint of each log that this party accepted'),
});
export type AlarmsBody = z.infer<typeof AlarmsBody>;

export const ConsistencyBody = z.strictObject({ consistency: z.string().max(2731) });

/** What a party tells of its log: hashes to whoever witnesses it, records to those who may see them. */
export const logApi = {
  consistency: {
    path: '/v1/log/consistency/{from}/{to}',
    responses: { 200: ConsistencyBody },
  },
  alarms: { path: '/v1/log/alarms', responses: { 200: AlarmsBody } },
  export: {
    path: '/v1/log/export',
    query: z.strictObject({}),
    types: ['application/x-ndjson'],
  },
  checkpoint: { path: '/log/checkpoint', mediaType: 'text/plain' },
  tile: { path: '/log/tile/{path}', mediaType: 'application/octet-stream' },
} as const;
