import type { RunningFile } from '../../network/running-file.ts';
import { harmless, type Paint, padTo, widthOf } from '../output/style.ts';
import type { JournalEntry } from './journal-entry.ts';
import { factsText, isGood, isOpen, kindText, outcomeText } from './words.ts';

/** Names of the parties as steps show them. */
export interface Names {
  of(party: string): string;
  /** Columns that “who → whom” takes for the parties of one inquiry. */
  readonly width: number;
}

const GATEWAY_NAME = 'gateway 情報提供NWS';

export function namesFor(
  agencies: RunningFile['agencies'],
  inquirer: string,
  provider: string,
): Names {
  const names = new Map(agencies.map(({ code, name }) => [code, `${code} ${name}`]));
  names.set('gateway', GATEWAY_NAME);
  const of = (party: string): string =>
    names.get(party) ?? party.replace(/^business-system /, '業務システム ');
  const widest = Math.max(...['gateway', inquirer, provider].map((party) => widthOf(of(party))));
  return { of, width: 2 * widest + 3 };
}

/** A step as a program reads it. */
export interface Step {
  readonly number: number;
  readonly entry: JournalEntry;
  /** Milliseconds since the step before it, 0 for the first. */
  readonly since: number;
}

/** Counts the entries of one inquiry. */
export function stepper(): (entry: JournalEntry) => Step {
  let number = 0;
  let before: number | undefined;
  return (entry) => {
    number += 1;
    const since = before === undefined ? 0 : Math.max(0, entry.elapsed - before);
    before = entry.elapsed;
    return { number, entry, since };
  };
}

const KIND_WIDTH = 30;

/** One line: number, time since the step before, who to whom, what, with which outcome, and its facts. */
export function stepLine({ number, entry, since }: Step, names: Names, paint: Paint): string {
  const { kind, from, to, outcome, facts } = entry;
  const said = harmless(factsText(facts));
  const whom =
    from === to ? names.of(from) : `${names.of(from)} ${paint('dim', '→')} ${names.of(to)}`;
  // Colours take no columns: the width is that of the text without them.
  const gap =
    names.width - widthOf(from === to ? names.of(from) : `${names.of(from)} → ${names.of(to)}`);
  const parts = [
    paint('dim', String(number).padStart(2)),
    paint('dim', durationText(since).padStart(10)),
    ` ${whom}${' '.repeat(Math.max(0, gap))}`,
    padTo(kindText(kind), KIND_WIDTH),
    outcome === undefined ? '' : paint(colourOf(outcome), outcomeText(harmless(outcome))),
    said === '' ? '' : paint('dim', said),
  ];
  return parts.filter(Boolean).join(' ').trimEnd();
}

const colourOf = (outcome: string) =>
  isGood(outcome) ? 'green' : isOpen(outcome) ? 'yellow' : 'red';

const durationText = (ms: number): string =>
  ms >= 10_000 ? `+${(ms / 1000).toFixed(1)} s` : `+${ms.toFixed(1)} ms`;

/** The same for programs. */
export const stepJson = ({ number, entry, since }: Step) => {
  const { seq, at, kind, from, to, ids, outcome, facts } = entry;
  const sinceMs = Math.round(since * 1000) / 1000;
  return { number, seq, at, sinceMs, kind, from, to, ids, outcome, facts };
};
