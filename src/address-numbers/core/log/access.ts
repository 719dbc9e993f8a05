import { RenkeiError } from '../../../protocol/errors.ts';
import { authorise } from '../authority/authorise.ts';
import type { Caller } from '../authority/caller.ts';
import type { OperationName } from '../authority/operations.ts';
import type { AddressNumberTx } from '../ports.ts';
import type { AddressNumbers } from '../system.ts';
import type { Access } from './ports.ts';

/** What a caller wants to do. */
export interface Asked {
  readonly operation: OperationName;
  /** Code of the affair that it is for. */
  readonly affair?: string | undefined;
  /** Integrated address number, if the request names one. */
  readonly person?: string | undefined;
  readonly subject?: string | undefined;
}

type About = Pick<Access, 'person' | 'subject' | 'count'>;

/**
 * Carries out an access: authority, effect and log line are one transaction, so nothing is handed out that is not
 * on record. What is refused, for whatever reason, is on record as refused.
 * @param work may say whom it was about, one line each; otherwise the line names whom the request named
 */
export async function access<Result>(
  system: AddressNumbers,
  caller: Caller,
  asked: Asked,
  work: (tx: AddressNumberTx, about: (it: About) => void) => Result,
): Promise<Result> {
  try {
    return await system.store.transact((tx) => {
      const department = authorise(tx, caller, asked.operation, asked.affair);
      const lines: About[] = [];
      const result = work(tx, (it) => lines.push(it));
      for (const about of lines.length === 0 ? [{}] : lines) {
        tx.noteAccess({ ...lineOf(system, caller, asked), outcome: 'done', department, ...about });
      }
      return result;
    });
  } catch (error) {
    throw await refuse(system, caller, asked, error);
  }
}

/** Writes down that something was refused. @returns the error, to be thrown */
export async function refuse(
  system: AddressNumbers,
  caller: Caller,
  asked: Asked,
  error: unknown,
): Promise<unknown> {
  const { code } = error instanceof RenkeiError ? error : { code: 'internal' as const };
  await system.store.transact((tx) =>
    tx.noteAccess({ ...lineOf(system, caller, asked), outcome: 'refused', code }),
  );
  return error;
}

const lineOf = (
  { clock }: AddressNumbers,
  { kind, id }: Caller,
  { operation, affair, person, subject }: Asked,
) => ({ at: clock.now(), actorKind: kind, actor: id, operation, affair, person, subject });
