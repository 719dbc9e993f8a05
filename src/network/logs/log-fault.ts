import type { LogFaultView } from '../../protocol/control-api/log-fault.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';

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
