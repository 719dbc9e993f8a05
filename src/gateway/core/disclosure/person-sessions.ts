import { sha256 } from '../../../protocol/digest.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../service/ports.ts';

const CHALLENGE_MS = 120_000;
const SESSION_MS = 900_000;
/** More than these under way at once are not let in: anybody may ask for a challenge. */
const MOST = 10_000;

interface Session {
  readonly challenge: string;
  readonly token: string;
  /** Until when, in milliseconds: for a signature, then for the session. */
  until: number;
  used: boolean;
  /** The person as the gateway knows them, once the registry has vouched. */
  person?: string;
}

/**
 * Who of the persons concerned is logged in, in memory only: a gateway that starts anew knows nobody. Each begins with
 * a challenge that one card signs once (RFC 4949 “challenge-response”); the token that was given out with it counts
 * from then on.
 */
export class PersonSessions {
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #byChallenge = new Map<string, Session>();
  readonly #byToken = new Map<string, Session>();

  constructor(clock: Clock, newId: () => string) {
    this.#clock = clock;
    this.#newId = newId;
  }

  /** @throws RenkeiError rate_limited when too many are under way */
  begin(): { challenge: string; token: string; until: number } {
    this.#sweep();
    if (this.#byChallenge.size >= MOST) throw new RenkeiError('rate_limited');
    const [challenge, token] = [this.#newId(), this.#newId()];
    const until = this.#clock.now() + CHALLENGE_MS;
    // By its digest: what is looked up takes as long whatever was guessed right of it.
    const session: Session = { challenge, token: sha256(token), until, used: false };
    this.#byChallenge.set(challenge, session);
    this.#byToken.set(session.token, session);
    return { challenge, token, until };
  }

  /** Uses a challenge up. @throws RenkeiError not_authenticated (unknown, too late), message_replayed */
  use(challenge: string): void {
    const session = this.#byChallenge.get(challenge);
    if (session?.used) throw new RenkeiError('message_replayed');
    if (!session || this.#clock.now() >= session.until) throw noChallenge();
    session.used = true;
  }

  /** From now on the token of a used challenge counts for this person. @returns until when, in milliseconds */
  open(challenge: string, person: string): void {
    const session = this.#byChallenge.get(challenge);
    if (!session?.used) throw noChallenge();
    session.person = person;
    session.until = this.#clock.now() + SESSION_MS;
  }

  /** Whose token it is. @throws RenkeiError not_authenticated */
  find(token: string): string {
    const session = this.#byToken.get(sha256(token));
    if (session?.person === undefined || this.#clock.now() >= session.until) throw notLoggedIn();
    return session.person;
  }

  /** Ends a session. @throws RenkeiError not_authenticated */
  end(token: string): void {
    this.find(token);
    const session = this.#byToken.get(sha256(token));
    if (session) this.#forget(session);
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const session of this.#byToken.values()) if (now >= session.until) this.#forget(session);
  }

  #forget({ challenge, token }: Session): void {
    this.#byChallenge.delete(challenge);
    this.#byToken.delete(token);
  }
}

const noChallenge = (): RenkeiError =>
  new RenkeiError('not_authenticated', {
    ja: 'チャレンジがないか、期限が過ぎています',
    en: 'No such challenge, or its time is over',
    hint: {
      ja: 'POST /v1/persons/challenges で新しいチャレンジを受け取り、カードで署名してください',
      en: 'Get a new one by POST /v1/persons/challenges and have the card sign it',
    },
  });

const notLoggedIn = (): RenkeiError =>
  new RenkeiError('not_authenticated', {
    ja: 'ログインしていないか、時間が過ぎています',
    en: 'Not logged in, or the time is over',
    hint: {
      ja: 'カードでもう一度ログインしてください',
      en: 'Log in with the card again',
    },
  });
