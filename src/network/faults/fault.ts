import { z } from 'zod';
import { isReplyKind, type Leg } from './message-kinds.ts';

/** What can go wrong with a message on its way. */
export const FAULT_ACTIONS = [
  'delay',
  'drop',
  'duplicate',
  'reorder',
  'corrupt',
  'refuse',
] as const;

/** A party: an agency’s code, `gateway` or `registry`. */
const Party = z.string().regex(/^([0-9]{5}|gateway|registry)$/);

/** A fault as it is told over HTTP or in a scenario. What is left out matches everything. */
export const FaultSchema = z
  .strictObject({
    from: Party.optional(),
    to: Party.optional(),
    message: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,63}$/)
      .optional(),
    leg: z.enum(['request', 'reply']).optional(),
    action: z.enum(FAULT_ACTIONS),
    /** By the network’s clock. */
    delaySeconds: z.number().min(0).max(31_536_000).optional(),
    times: z.int().min(1).max(1_000_000).optional(),
    probability: z.number().min(0).max(1).optional(),
  })
  .refine((fault) => (fault.action === 'delay') === (fault.delaySeconds !== undefined), {
    path: ['delaySeconds'],
  })
  .refine(
    (fault) => legOf(fault) === 'request' || !['refuse', 'duplicate'].includes(fault.action),
    { path: ['leg'] },
  );

/**
 * What goes wrong, and with which messages. `from` and `to` are the sender and the receiver of the message
 * that `message` names; of the request when it names none. `leg: 'reply'` beside the name of a request (or
 * beside none) means the reply to it, and `from` and `to` stay those of the request.
 *
 * - `drop`: a lost request never arrives, a lost reply comes after the peer has acted; the sender of the
 *   request sees a timeout, at once.
 * - `refuse` (requests): nobody listens.
 * - `duplicate` (requests): arrives twice; the second reply goes nowhere.
 * - `delay`: waits until the network’s clock has moved by `delaySeconds`; when that is longer than the
 *   sender waits, it sees its timeout and the message arrives all the same.
 * - `reorder`: waits until the next message of the same sender to the same receiver has passed.
 * - `corrupt`: one character of a signed message or of sealed bytes is another.
 */
export interface Fault {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly message?: string | undefined;
  readonly leg?: Leg | undefined;
  readonly action: (typeof FAULT_ACTIONS)[number];
  readonly delaySeconds?: number | undefined;
  /** How often it applies; always, if left out. */
  readonly times?: number | undefined;
  /** 0 to 1, drawn from the network’s seed, the fault’s id and how many messages it has met. */
  readonly probability?: number | undefined;
}
export type FaultAction = Fault['action'];

/** The leg that a fault is about. */
export const legOf = ({ message, leg }: Pick<Fault, 'message' | 'leg'>): Leg =>
  leg ?? (message !== undefined && isReplyKind(message) ? 'reply' : 'request');

/** One message on its way, as faults see it. */
export interface Passing {
  /** Who asks and who is asked, whichever leg it is. */
  readonly from: string;
  readonly to: string;
  /** Names of both messages of the exchange. */
  readonly request: string;
  readonly reply: string;
  readonly leg: Leg;
}

/** Whether a fault is about this message. */
export function matches(fault: Fault, passing: Passing): boolean {
  if (legOf(fault) !== passing.leg) return false;
  const { message } = fault;
  const ofReply = passing.leg === 'reply' && message !== undefined && message !== passing.request;
  if (message !== undefined && message !== (ofReply ? passing.reply : passing.request)) {
    return false;
  }
  const [sender, receiver] = ofReply ? [passing.to, passing.from] : [passing.from, passing.to];
  return (fault.from ?? sender) === sender && (fault.to ?? receiver) === receiver;
}
