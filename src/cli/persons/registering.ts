import { Command, Option } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { PersonFound } from '../../protocol/persons-api/persons.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { callNode } from '../node/call-node.ts';
import { usage } from '../output/cli-failure.ts';
import { type ForAffair, forAffair, personsCaller } from './at-persons.ts';
import { readNumber } from './individual-number.ts';
import { telling, toldIn } from './look-up.ts';

const several = (value: string, before: readonly string[] = []) => [...before, value];

/** `gyomu:000000000000001`. @throws CliFailure usage */
export function ownNumberIn(text: string): { system: string; addressNumber: string } {
  const [, system, addressNumber] = /^([^:]+):([0-9]{15})$/.exec(text) ?? [];
  if (system !== undefined && addressNumber !== undefined) return { system, addressNumber };
  throw usage(
    '業務システムの ID と15桁の宛名番号を : で区切ってください（例 gyomu:000000000000001）',
    'a business system’s id, a colon and its fifteen digits: gyomu:000000000000001',
  );
}

interface RegisterOptions extends ForAffair {
  readonly addressNumber?: readonly string[];
  readonly withoutNumber?: boolean;
}

/** `renkei persons register`: somebody new. */
export const registerCommand = (): Command =>
  telling(
    forAffair(
      new Command('register')
        .description(
          '新しい人を登録する。個人番号は端末か標準入力から / register somebody new; the individual number is asked for, or on standard input',
        )
        .option('--without-number', '個人番号なしで登録する / without an individual number')
        .option(
          '--address-number <system:number>',
          '業務システムの宛名番号（複数可） / a system’s own number, more than once',
          several,
        ),
    ),
  ).action(async (options: RegisterOptions) => {
    const caller = personsCaller(options);
    const { affair, addressNumber = [], withoutNumber } = options;
    const body = {
      affair,
      basics: toldIn(options),
      addressNumbers: addressNumber.map(ownNumberIn),
      ...(!withoutNumber && { individualNumber: await readNumber() }),
    };
    const answer = await callNode(caller, '/v1/persons', body);
    if (options.json) writeJson(answer);
    else writeLine(fitted(PersonFound, answer).integratedAddressNumber);
  });

interface ChangeOptions extends ForAffair {
  readonly number?: 'assigned' | 'changed';
  readonly tie?: readonly string[];
}

/** `renkei persons change`: basic items, the individual number, numbers in business systems. */
export const changeCommand = (): Command =>
  telling(
    forAffair(
      new Command('change')
        .description('基本情報、個人番号、宛名番号を変える / basic items and numbers')
        .argument('<number>', '統合宛名番号 / integrated address number')
        .addOption(
          new Option(
            '--number <why>',
            '個人番号を登録する（assigned）、変わった（changed）。番号は端末か標準入力から / the number itself is asked for',
          ).choices(['assigned', 'changed']),
        )
        .option(
          '--tie <system:number>',
          '宛名番号を加える（複数可） / tie a system’s own number',
          several,
        ),
    ),
  ).action(async (person: string, options: ChangeOptions) => {
    const caller = personsCaller(options);
    const { affair, number: reason, tie = [], json } = options;
    const place = `/v1/persons/${encodeURIComponent(person)}`;
    const basics = toldIn(options);
    const own = tie.map(ownNumberIn);
    if (Object.keys(basics).length + own.length === 0 && reason === undefined) {
      throw usage('変える項目がありません', 'nothing to change was told');
    }
    if (Object.keys(basics).length > 0)
      await callNode(caller, `${place}/basics`, { affair, basics });
    if (reason !== undefined) {
      const individualNumber = await readNumber();
      await callNode(caller, `${place}/individual-number`, { affair, individualNumber, reason });
    }
    for (const each of own) await callNode(caller, `${place}/address-numbers`, { affair, ...each });
    if (json) writeJson({ integratedAddressNumber: person });
    else writeLine('変更しました / changed');
  });

/** `renkei persons acquire`: codes for persons that have none. */
export const acquireCommand = (): Command =>
  forAffair(
    new Command('acquire')
      .description('識別符号を取得する / acquire identification codes')
      .argument('<numbers...>', '統合宛名番号 / integrated address numbers'),
  ).action(async (persons: string[], options: ForAffair) => {
    const body = { affair: options.affair, persons };
    const answer = await callNode(personsCaller(options), '/v1/acquisitions', body);
    if (options.json) writeJson(answer);
    else writeLine(`取得しました acquired: ${Reflect.get(Object(answer), 'acquired')}`);
  });
