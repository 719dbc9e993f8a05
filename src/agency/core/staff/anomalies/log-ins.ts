import { japaneseDay } from '../../../../protocol/day.ts';
import type { LogReason } from '../operations.ts';
import { Bursts } from './bursts.ts';
import { Groups, type Rule } from './finding.ts';

/** Failed log-ins, so many in so short a time. */
export function failedLogIns(limit: { readonly count: number; readonly minutes: number }): Rule {
  const bursts = new Bursts('failed-log-ins', limit.count, limit.minutes);
  return {
    take(line) {
      const { operation, outcome } = line.operation;
      if (operation === 'log-in' && outcome === 'refused') bursts.add(line, String(line.seq));
    },
    findings: () => bursts.findings(),
  };
}

const WITHDRAWN: ReadonlySet<LogReason | undefined> = new Set([
  'disabled',
  'expired',
  'not-yet-valid',
]);

/** Log-in with an id that is disabled, over or not begun. */
export function withdrawnIds(): Rule {
  const groups = new Groups('withdrawn-id');
  return {
    take(line) {
      const { operation, outcome, reason, at } = line.operation;
      if (operation !== 'log-in' || outcome !== 'refused' || !WITHDRAWN.has(reason)) return;
      groups.add(japaneseDay(at), line);
    },
    findings: () => groups.findings(),
  };
}

/** Log-in with a shared id: where one can’t be avoided, each use of it is looked at. */
export function sharedIds(): Rule {
  const groups = new Groups('shared-id');
  return {
    take(line) {
      const { operation, outcome, account, at } = line.operation;
      if (operation !== 'log-in' || outcome !== 'done' || account === undefined) return;
      groups.add(japaneseDay(at), line);
    },
    findings: () => groups.findings(),
  };
}
