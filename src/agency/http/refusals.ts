import type { Context, MiddlewareHandler } from 'hono';
import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { noteRefusal } from '../core/business-systems/refusals.ts';
import type { AgencyNode, Principal } from '../core/node.ts';
import { type About, actorOf, isNoted, type Operation } from '../core/staff/operations.ts';
import { SessionOver } from '../core/staff/sessions.ts';

/** What somebody is about to do, by request. */
const attempts = new WeakMap<Context, { by: Principal; operation: string; about: About }>();

/** Remembers who attempts what, for the operation log, should it be refused. */
export function attempted(
  context: Context,
  by: Principal,
  operation: string,
  about: About = {},
): void {
  attempts.set(context, { by, operation, about });
}

/** They were let in: what becomes of it is told elsewhere. */
export function admitted(context: Context): void {
  attempts.delete(context);
}

type Node = Pick<AgencyNode, 'store' | 'clock' | 'refusals'>;

/** The node’s own failures are no refusals. */
const FAILURES: ReadonlySet<ErrorCode> = new Set(['internal', 'storage_full']);

/**
 * Sees to it that every operation of the staff has its line in the operation log, durably before the answer
 * leaves: what was refused, and what was done where its route has not said so itself. Of business systems, what was
 * refused.
 */
export const operationsNoted =
  (node: Node): MiddlewareHandler =>
  async (context, next) => {
    await next();
    const attempt = attempts.get(context);
    if (!attempt) return;
    const { error } = context;
    // Whose session is over is known all the same.
    const by = error instanceof SessionOver ? error.by : attempt.by;
    const { operation, about } = attempt;
    const line = { at: node.clock.now(), ...actorOf(by), operation, ...about };
    if (error === undefined) {
      if (by.kind === 'staff' && !isNoted(by)) await note(node, { ...line, outcome: 'done' });
    } else if (error instanceof RenkeiError && !FAILURES.has(error.code)) {
      await note(node, { ...line, outcome: 'refused', code: error.code });
    }
  };

const note = (node: Node, line: Operation): Promise<void> =>
  line.actorKind === 'staff' ? node.store.transact((tx) => tx.note(line)) : noteRefusal(node, line);
