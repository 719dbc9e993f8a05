import { z } from 'zod';
import { LOG_FAULTS, type LogFault, LogInvalid } from '../../protocol/log/log-invalid.ts';

const KINDS = Object.keys(LOG_FAULTS) as [LogFault, ...LogFault[]];

/** Why a log, a proof or a signature cannot be believed, in words. */
export const LogFaultView = z.strictObject({ kind: z.enum(KINDS), ja: z.string(), en: z.string() });
export type LogFaultView = z.infer<typeof LogFaultView>;

/** What is wrong, if anything is. */
export function faultIn(work: () => void): { readonly fault?: LogFaultView } {
  try {
    work();
    return {};
  } catch (error) {
    if (!(error instanceof LogInvalid)) throw error;
    return { fault: { kind: error.kind, ja: error.ja, en: error.en } };
  }
}
