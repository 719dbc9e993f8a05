import { RenkeiError } from '../../protocol/errors.ts';
import { isManual, type ManualClock } from '../../service/clock.ts';
import type { NetworkContext } from '../context.ts';
import { finishedOrHeld, turns } from '../faults/finished-or-held.ts';
import { readFirst, writeFirst } from './first-state.ts';
import { startFrom } from './restore.ts';
import type { RunningParties } from './running-parties.ts';
import { settle } from './settle.ts';
import { checkSameWorld, type Snapshot } from './snapshot.ts';
import { stageFiles } from './swap-files.ts';
import { takeSnapshot } from './take.ts';

/** What is done to all parties at one instant: moving time, taking everything down, going back. One at a time. */
export class Instants {
  readonly #context: NetworkContext;
  readonly #parties: RunningParties;
  readonly #ended: () => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();
  #first: Snapshot | undefined;

  /** @param ended called when the parties could not be started again */
  constructor(context: NetworkContext, parties: RunningParties, ended: () => Promise<void>) {
    this.#context = context;
    this.#parties = parties;
    this.#ended = ended;
  }

  /** What is due by the clock, at every party, and what comes of it. */
  maintain(): Promise<void> {
    return this.#inTurn(() => this.#maintain());
  }

  /**
   * Moves time on by whole milliseconds, from one held message’s due time to the next, then has every party see to
   * what is due. Resolves when nothing is under way but what is still held.
   * @throws RenkeiError state_conflict by the machine’s clock; RangeError for no forward step
   */
  advance(ms: number): Promise<void> {
    return this.#inTurn(() => {
      const clock = this.#manualClock();
      if (!Number.isSafeInteger(ms) || ms < 0) throw new RangeError('whole milliseconds, forward');
      return this.#advanceTo(clock, clock.now() + ms);
    });
  }

  /** The same up to an instant (milliseconds since the epoch). @throws RenkeiError state_conflict if it is past */
  advanceTo(instant: number): Promise<void> {
    return this.#inTurn(() => {
      const clock = this.#manualClock();
      if (instant >= clock.now()) return this.#advanceTo(clock, instant);
      throw new RenkeiError('state_conflict', {
        ja: '時計は先へしか進められません',
        en: 'The clock is only set forward',
        hint: {
          ja: '過去に戻すには、そのときに書き出した状態を読み込んでください',
          en: 'To go back, import a state that was exported then',
        },
      });
    });
  }

  /** @throws RenkeiError state_conflict while a fault holds a message */
  snapshot(): Promise<Snapshot> {
    return this.#inTurn(() => this.#atRest(() => takeSnapshot(this.#context, this.#parties)));
  }

  /** Goes back to a snapshot of this network, or of one with the same seed and configuration. */
  restore(snapshot: Snapshot): Promise<void> {
    return this.#inTurn(() => this.#restore(snapshot));
  }

  /** Goes back to how everything was when the network was first ready. */
  reset(): Promise<void> {
    return this.#inTurn(async () =>
      this.#restore(this.#first ?? (await readFirst(this.#context.storage))),
    );
  }

  /** Remembers how everything is now, for `reset`. */
  async rememberFirst(): Promise<void> {
    await settle(this.#context.wire.flights, this.#parties);
    const first = await takeSnapshot(this.#context, this.#parties);
    if (this.#context.storage.kind === 'memory') this.#first = first;
    else await writeFirst(this.#context.storage, first);
  }

  async #maintain(): Promise<void> {
    await this.#parties.maintain();
    await finishedOrHeld(this.#context.wire.flights, this.#parties.settled());
  }

  async #advanceTo(clock: ManualClock, target: number): Promise<void> {
    const { wire } = this.#context;
    const { holds } = wire;
    // What was sent just now may still be in a socket.
    await turns();
    await settle(wire.flights, this.#parties);
    for (let due = holds.nextDue; due !== undefined && due <= target; due = holds.nextDue) {
      clock.advance(Math.max(0, due - clock.now()));
      holds.releaseDue();
      await settle(wire.flights, this.#parties);
    }
    clock.advance(Math.max(0, target - clock.now()));
    await this.#maintain();
    await settle(wire.flights, this.#parties);
  }

  async #restore(snapshot: Snapshot): Promise<void> {
    const { wire, storage, config } = this.#context;
    checkSameWorld(snapshot, config);
    await stageFiles(storage, snapshot.databases);
    // What is under way has no place in what the network goes back to.
    wire.holds.lose();
    wire.faults.clear();
    await this.#atRest(async () => {
      try {
        await startFrom(this.#context, this.#parties, snapshot);
      } catch (error) {
        await this.#ended();
        throw error;
      }
    });
  }

  /** Does something while nothing is under way and requests from outside wait. */
  async #atRest<Result>(work: () => Promise<Result>): Promise<Result> {
    const { wire, doors } = this.#context;
    doors.shut();
    try {
      await settle(wire.flights, this.#parties);
      if (wire.flights.size > 0) throw held();
      return await work();
    } finally {
      doors.open();
    }
  }

  #manualClock(): ManualClock {
    const { clock } = this.#context;
    if (isManual(clock)) return clock;
    throw new RenkeiError('state_conflict', {
      ja: '実際の時刻で動いているため、時計を動かせません',
      en: 'The network goes by the machine’s clock, which can’t be moved',
      hint: {
        ja: 'renkei.yaml の clock に日時（例 2026-11-22T09:00:00+09:00）を書いて起動してください',
        en: 'Start it with an instant as `clock` in renkei.yaml, such as 2026-11-22T09:00:00+09:00',
      },
    });
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

const held = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: '障害の設定により保留中の電文があります',
    en: 'A fault holds messages that are on their way',
    hint: {
      ja: '時計を進めるか、障害を取り除いてから、もう一度実行してください',
      en: 'Advance the clock, or remove the fault, then try again',
    },
  });
