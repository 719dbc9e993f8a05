import type { Caller } from '../authority/caller.ts';
import type { AddressNumbers } from '../system.ts';
import { access } from './access.ts';
import type { AccessWanted, LogReads } from './ports.ts';

/** A page of the access log. That it was read is a line of it too. */
export const showLog = (
  system: AddressNumbers,
  caller: Caller,
  { after, limit, ...only }: { after: number; limit: number } & AccessWanted,
): Promise<ReturnType<LogReads['accesses']>> =>
  access(system, caller, { operation: 'log.show', person: only.person }, (tx) =>
    tx.accesses(after, limit, only),
  );

/** Whether the log is as it was written. */
export const verifyLog = (
  system: AddressNumbers,
  caller: Caller,
): Promise<ReturnType<LogReads['verifyLog']>> =>
  access(system, caller, { operation: 'log.show' }, (tx) => tx.verifyLog());
