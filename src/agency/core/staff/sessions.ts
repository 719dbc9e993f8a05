import { sha256 } from '../../../protocol/digest.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../service/ports.ts';
import type { AgencyStore, AgencyTx } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import { actorOf, type LogReason } from './operations.ts';
import type { StaffReads, StaffSettings } from './ports.ts';
import { bothAffairs } from './roles.ts';
import { dayEnd, passwordDueAt } from './standing.ts';
import type { StoredSession, User } from './users.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A session is over: whose it was is known, so that the operation log can tell. */
export class SessionOver extends RenkeiError {
  readonly by: StaffMember;

  constructor(by: StaffMember) {
    super('not_authenticated', {
      ja: 'セッションは終了しました',
      en: 'The session is over',
      hint: { ja: 'もう一度ログインしてください', en: 'Log in again' },
    });
    this.by = by;
  }
}

interface Live {
  readonly digest: string;
  readonly login: string;
  readonly member: StaffMember;
  /** The same while a password is due: without any authority. */
  readonly bare: StaffMember;
  readonly ready: boolean;
  /** Ends then, whatever is done. */
  readonly until: number;
  /** From then on, only the password can be changed. */
  passwordDueAt: number;
  /** It has timed out, and is being ended. */
  over?: boolean;
  usedAt: number;
  /** What of `usedAt` is written down. */
  savedAt: number;
}

interface Parts {
  readonly store: AgencyStore;
  readonly clock: Clock;
  readonly settings: { readonly staff: StaffSettings };
  readonly background: (task: Promise<void>) => void;
}

/**
 * Who is logged in. Requests are judged in memory: one look-up, no statement, no commit. What lasts is in
 * the store: a session outlives a restart with the time of its last use as it was written down, at most a minute
 * early, so that it may end sooner than it had to and never later.
 */
export class Sessions {
  readonly #parts: Parts;
  readonly #live = new Map<string, Live>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes up what is in the store. */
  load(): void {
    const { read } = this.#parts.store;
    this.#live.clear();
    for (const session of read.sessions()) this.admit(session);
  }

  /** Takes up a session that was stored, unless it has been ended since. */
  admit({ digest }: Pick<StoredSession, 'digest'>): void {
    const { read } = this.#parts.store;
    const session = read.session(digest);
    const user = session && read.user(session.login);
    if (!session || !user || user.disabled) return;
    // At a shared id the person’s own id, where there is one, withdraws as well.
    const self = read.user(session.person);
    if (self?.disabled) return;
    const valid = Math.min(dayEnd(user.validUntil), dayEnd(self?.validUntil ?? user.validUntil));
    const { staff } = this.#parts.settings;
    const member = memberOf(read, user, session.person);
    this.#live.set(digest, {
      digest,
      login: user.login,
      member,
      bare: { ...member, passwordDue: true, authority: { ...member.authority, roles: [] } },
      ready: session.ready,
      until: session.ready ? valid : Math.min(session.beganAt + staff.session.hours * HOUR, valid),
      passwordDueAt: session.ready ? Number.POSITIVE_INFINITY : passwordDueAt(user, staff),
      usedAt: session.usedAt,
      savedAt: session.usedAt,
    });
  }

  /**
   * Who has this token, and notes that it was used now.
   * @throws RenkeiError not_authenticated, SessionOver
   */
  find(token: string): FoundSession {
    const live = this.#live.get(sha256(token));
    if (!live) throw new RenkeiError('not_authenticated', LOG_IN);
    const now = this.#parts.clock.now();
    if (this.#isOver(live, now)) {
      if (!live.over) this.#parts.background(this.#timeOut(live));
      throw new SessionOver(live.member);
    }
    live.usedAt = now;
    if (!live.ready && now - live.savedAt >= MINUTE) {
      live.savedAt = now;
      const { store, background } = this.#parts;
      background(store.transact((tx) => tx.touchSession(live.digest, now)));
    }
    const { member, bare, digest, until } = live;
    return { by: now >= live.passwordDueAt ? bare : member, digest, until };
  }

  /** After a change of password: what is allowed again, until it is due. */
  renew(digest: string, user: User): void {
    const live = this.#live.get(digest);
    if (live) live.passwordDueAt = passwordDueAt(user, this.#parts.settings.staff);
  }

  /**
   * Ends somebody’s sessions in a transaction, with a line each in the operation log. Call `forget` with what it
   * returns once the transaction is durable: from then on nobody gets in with them.
   * @param except one that goes on
   */
  end(tx: AgencyTx, logins: readonly string[], reason: LogReason, except?: string): Ended {
    const lives = [...this.#live.values()].filter(
      ({ login, member, digest }) =>
        (logins.includes(login) || logins.includes(member.id)) && digest !== except,
    );
    return this.#end(tx, lives, reason);
  }

  /** The same for one session, at its owner’s wish. */
  endOne(tx: AgencyTx, digest: string): Ended {
    return this.#end(
      tx,
      [...this.#live.values()].filter((live) => live.digest === digest),
    );
  }

  forget(ended: Ended): void {
    for (const digest of ended) this.#live.delete(digest);
  }

  /** Ends what has timed out, used or not. */
  async sweep(): Promise<void> {
    const now = this.#parts.clock.now();
    const over = [...this.#live.values()].filter((live) => !live.over && this.#isOver(live, now));
    for (const live of over) await this.#timeOut(live);
  }

  #isOver({ ready, until, usedAt }: Live, now: number): boolean {
    const idle = this.#parts.settings.staff.session.idleMinutes * MINUTE;
    return now >= until || (!ready && now - usedAt >= idle);
  }

  /** Once; until it is durable, and should it fail, the session is over by the clock all the same. */
  async #timeOut(live: Live): Promise<void> {
    live.over = true;
    try {
      this.forget(await this.#parts.store.transact((tx) => this.#end(tx, [live], 'timed-out')));
    } finally {
      live.over = false;
    }
  }

  #end(tx: AgencyTx, lives: readonly Live[], reason?: LogReason): Ended {
    const at = this.#parts.clock.now();
    for (const { digest, member } of lives) {
      if (!tx.endSession(digest, at)) continue;
      const line = { at, ...actorOf(member), operation: 'log-out', outcome: 'done' } as const;
      tx.note({ ...line, ...(reason && { reason }) });
    }
    return lives.map(({ digest }) => digest);
  }
}

/** Who has a token, until when (milliseconds since the epoch) at the latest. */
export interface FoundSession {
  readonly by: StaffMember;
  readonly digest: string;
  readonly until: number;
}

/** Digests of the sessions that were ended. */
export type Ended = readonly string[];

const LOG_IN = {
  hint: {
    ja: 'ログイン（POST /v1/sessions）で得たトークン、または `renkei up` が書き出したトークンを Authorization: Bearer で送ってください',
    en: 'Send the token that logging in gave (POST /v1/sessions), or one that `renkei up` wrote, as Authorization: Bearer',
  },
};

/** Who acts in a session: the person, within the limits of the id and of its department. */
export function memberOf(read: StaffReads, user: User, person: string): StaffMember {
  const within = read.department(user.department)?.affairs ?? [];
  return {
    kind: 'staff',
    id: person,
    ...(user.shared && { account: user.login }),
    authority: {
      roles: user.roles,
      department: user.department,
      affairs: bothAffairs(user.affairs, within),
    },
  };
}
