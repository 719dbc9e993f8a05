import type { ErrorCode } from '../../../protocol/errors.ts';
import type { LOG_REASONS } from '../../../protocol/node-api/operation-log.ts';
import type { Clock } from '../../../service/ports.ts';
import type { Principal } from '../principal.ts';
import type { Role } from './roles.ts';

/**
 * What people can do at a node, and the roles that may. A supervisor’s approval is asked for by the
 * operation itself: two people are two people, whatever their roles (invariant 7).
 */
export const OPERATIONS = {
  'inquiries.ask': ['officer', 'supervisor'],
  'inquiries.approve': ['supervisor'],
  'inquiries.decline': ['supervisor'],
  'inquiries.show': ['officer', 'supervisor'],
  'inquiries.take-over': ['officer', 'supervisor'],
  'inquiries.confirm': ['officer', 'supervisor'],
  'inquiries.batch': ['officer', 'supervisor'],
  'copies.show': ['officer', 'supervisor'],
  'copies.enter': ['officer', 'supervisor'],
  'copies.check': ['officer', 'supervisor'],
  'copies.approve': ['supervisor'],
  'copies.import': ['officer', 'supervisor'],
  'copies.export': ['officer', 'supervisor'],
  'copies.reconcile': ['officer', 'supervisor'],
  'reviews.show': ['officer', 'supervisor'],
  'reviews.enter': ['officer', 'supervisor'],
  'reviews.review': ['officer', 'supervisor'],
  'reviews.return': ['supervisor'],
  'reviews.approve': ['supervisor'],
  'reviews.decline': ['supervisor'],
  'corrections.show': ['officer', 'supervisor'],
  'corrections.propose': ['officer', 'supervisor'],
  'corrections.approve': ['supervisor'],
  'corrections.decline': ['supervisor'],
  'records.show': ['supervisor', 'auditor'],
  'records.prune': ['administrator'],
  'holds.show': ['administrator', 'auditor'],
  'holds.change': ['administrator', 'auditor'],
  'operations.show': ['supervisor', 'auditor'],
  'anomalies.show': ['supervisor', 'auditor'],
  'staff.show': ['administrator', 'supervisor', 'auditor'],
  'staff.change': ['administrator'],
  'business-systems.show': ['administrator', 'auditor'],
  'business-systems.change': ['administrator'],
  'persons.show': ['officer', 'supervisor'],
  'persons.change': ['supervisor'],
  'media.show': ['officer', 'supervisor', 'administrator', 'auditor'],
  'media.register': ['administrator'],
  'media.retire': ['administrator'],
  'media.borrow': ['officer', 'supervisor'],
  'media.approve': ['supervisor'],
  'media.reject': ['supervisor'],
  'media.write': ['officer', 'supervisor'],
  'media.return': ['officer', 'supervisor'],
  'media.accept': ['officer', 'supervisor'],
  'keys.show': ['administrator', 'auditor'],
  'keys.rotate': ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type OperationName = keyof typeof OPERATIONS;

/** What an operation was about. No content, no names, no individual numbers. */
export interface About {
  /** Integrated address number. */
  readonly person?: string | undefined;
  /** Codes. */
  readonly affair?: string | undefined;
  readonly information?: string | undefined;
  readonly exchange?: string | undefined;
  /** The user, the business system or whatever else has an id of its own. */
  readonly subject?: string | undefined;
  /** Rows, persons: how many, when there are many. */
  readonly count?: number | undefined;
}

/** Why a log-in was refused, or a session ended. Who was refused is not told. */
export type LogReason = (typeof LOG_REASONS)[number];

/** Who an operation is by when nobody is known by the name that was given: what was typed may be a password. */
export const NOBODY = '(unknown)';

/** One line of the operation log. */
export interface Operation extends About {
  /** Milliseconds since the epoch, by the node’s clock. */
  readonly at: number;
  readonly actorKind: Principal['kind'] | 'system';
  /** The person. */
  readonly actor: string;
  /** The shared id that the person was logged in with, if it was one. */
  readonly account?: string | undefined;
  /** One of OPERATIONS, or what is not an operation of choice: `log-in`, `log-out`, `locked-out` … */
  readonly operation: string;
  readonly outcome: 'done' | 'refused';
  readonly code?: ErrorCode | undefined;
  readonly reason?: LogReason | undefined;
}

/** A line about somebody, as far as the log tells of people. */
export const actorOf = (by: Principal): Pick<Operation, 'actorKind' | 'actor' | 'account'> => ({
  actorKind: by.kind,
  actor: by.id,
  ...(by.kind === 'staff' && by.account !== undefined && { account: by.account }),
});

/** Whose operation has its line already; each request has a principal of its own. */
const noted = new WeakSet<Principal>();

/** The line for an operation that took effect; written in the transaction of the effect. */
export function done(
  node: { readonly clock: Clock },
  by: Principal,
  operation: OperationName,
  about: About = {},
): Operation {
  noted.add(by);
  return { at: node.clock.now(), ...actorOf(by), operation, outcome: 'done', ...about };
}

/** Whether a line was made for what somebody does, so that nobody else makes one. */
export const isNoted = (by: Principal): boolean => noted.has(by);
