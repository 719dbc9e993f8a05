import { z } from 'zod';
import { LOG_FAULTS, type LogFault } from '../log/log-invalid.ts';
import { Words } from './words.ts';

const KINDS = Object.keys(LOG_FAULTS) as [LogFault, ...LogFault[]];

/** Why a log, a proof or a signature cannot be believed, in words. */
export const LogFaultView = Words.extend({ kind: z.enum(KINDS) });
export type LogFaultView = z.infer<typeof LogFaultView>;
