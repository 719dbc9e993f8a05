import { LOG_SQL } from '../../../service/sqlite/log-store.ts';
import type { Step } from './step.ts';

/** Records become a Merkle log; what is known of the gateway’s log, and alarms. */
export const recordLog: Step = { name: 'records become a log', sql: LOG_SQL };
