import { calledAs } from '../output/invocation.ts';
import { shellWord } from '../output/style.ts';
import type { QueryOptions } from './options.ts';
import type { Nearest } from './print-refusal.ts';

/** The same command, with what the law allows instead; none when somebody else would have to be asked. */
export function alternative(options: QueryOptions, nearest: Nearest): string | undefined {
  if (nearest.changes.includes('provider')) return undefined;
  const { id: _, affair: __, ...same } = options;
  return commandOf({ ...same, item: nearest.item, information: nearest.information.name });
}

/** A command that asks this, for people to copy. */
export function commandOf(options: QueryOptions): string {
  const { from, to, item, affair, information, resident, fromDate, untilDate, id, running } =
    options;
  const pairs = [
    ['--from', from],
    ['--to', to],
    ['--item', item],
    ['--affair', affair],
    ['--information', information],
    ['--resident', resident],
    ['--from-date', fromDate],
    ['--until-date', untilDate],
    ['--id', id],
    ['--running', running],
  ] as const;
  const words = pairs.flatMap(([option, value]) =>
    value === undefined ? [] : [option, shellWord(value)],
  );
  return [calledAs(), 'query', ...words].join(' ');
}
