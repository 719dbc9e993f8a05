import { harmless, type Paint, paintFor } from '../output/style.ts';
import { alternative, commandOf } from './again.ts';
import { exitCodeOf } from './exit-code.ts';
import type { Found } from './find-network.ts';
import type { Ask, Ending } from './inquire.ts';
import type { QueryOptions } from './options.ts';
import { type Nearest, refusalText } from './print-refusal.ts';
import { resultText } from './print-result.ts';
import { namesFor, type Step, stepLine } from './steps.ts';

/** Writes for people: what is asked, each step at once, and how it ended. */
export function printer(options: QueryOptions, ask: Ask, { running }: Found) {
  const paint = paintFor(process.stdout);
  const write = (text: string) => process.stdout.write(`${text}\n`);
  const names = namesFor(running.agencies, options.from, options.to);
  write(askText(options, ask, names.of, paint));
  return {
    step: (step: Step) => write(stepLine(step, names, paint)),
    end(ending: Ending) {
      write('');
      if ('error' in ending) {
        const again = (nearest: Nearest) => alternative(options, nearest);
        write(refusalText(ending.error, again, paint));
        if (exitCodeOf(ending) === 3) write(`  ${commandOf({ ...options, id: ask.id })}`);
        return;
      }
      const provider = running.agencies.find(({ code }) => code === options.to);
      write(
        resultText(
          ending.inquiry,
          {
            allItems: options.allItems === true,
            columns: process.stdout.columns ?? 120,
            provider,
            again: commandOf({ ...options, id: ask.id }),
          },
          paint,
        ),
      );
    },
  };
}

function askText(
  { from, to }: QueryOptions,
  { id, item, affair, information, integratedAddressNumber }: Ask,
  name: (party: string) => string,
  paint: Paint,
): string {
  const facts = [
    ['情報照会者 inquirer', name(from)],
    ['情報提供者 provider', name(to)],
    ['事務 affair', [item && `${item}の項 item ${item}`, affair].filter(Boolean).join('  ')],
    ['特定個人情報 information', information],
    ['統合宛名番号 resident', integratedAddressNumber],
  ] as const;
  return [
    `${paint('bold', '照会 inquiry')}  ${id}`,
    ...facts.map(([title, value]) => `  ${paint('dim', `${title}:`)} ${harmless(value)}`),
    '',
  ].join('\n');
}
