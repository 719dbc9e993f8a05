import { RETENTION_SQL } from '../../../service/sqlite/retention-table.ts';
import type { Step } from './step.ts';

/** Legal holds, and how far pruning has come (番号法施行令29条). */
export const retention: Step = { name: 'legal holds and pruning', sql: RETENTION_SQL };
