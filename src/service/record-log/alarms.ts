import type { AlarmsBody } from '../../protocol/log/log-api.ts';
import type { PartyProofs } from './record-proofs.ts';

export const alarmsOf = (proofs: PartyProofs): AlarmsBody => ({
  alarms: proofs.alarms().map(({ log, kind, at, evidence: { seen, shown }, trustedAt }) => ({
    ...{ log, kind, seen, shown },
    at: new Date(at).toISOString(),
    ...(trustedAt !== undefined && { trustedAt: new Date(trustedAt).toISOString() }),
  })),
  seen: proofs.seen().map((one) => ({ ...one })),
});
