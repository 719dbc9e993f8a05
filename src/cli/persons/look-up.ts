import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import {
  ConfirmationView,
  PersonFound,
  PersonView,
  registered,
} from '../../protocol/persons-api/persons.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { callNode } from '../node/call-node.ts';
import { paintFor } from '../output/style.ts';
import { type ForAffair, forAffair, personsCaller } from './at-persons.ts';
import { readNumber } from './individual-number.ts';
import { confirmationText, personText } from './print.ts';

interface FindOptions extends ForAffair {
  readonly addressNumber?: string;
  readonly system?: string;
}

/** `renkei persons find`: the integrated address number behind an individual number, or a system’s own. */
export const findCommand = (): Command =>
  forAffair(
    new Command('find')
      .description(
        '個人番号（端末か標準入力から）または宛名番号から統合宛名番号を調べる / by individual number (asked for, or on standard input) or a system’s own',
      )
      .option(
        '--address-number <number>',
        '業務システムの宛名番号 / a business system’s own number',
      )
      .option('--system <id>', 'その業務システム / whose it is', 'gyomu'),
  ).action(async (options: FindOptions) => {
    const { affair, addressNumber, system, json } = options;
    const caller = personsCaller(options);
    const sought =
      addressNumber === undefined
        ? { individualNumber: await readNumber() }
        : { addressNumber, system };
    const answer = await callNode(caller, '/v1/lookups', { affair, ...sought });
    if (json) writeJson(answer);
    else writeLine(fitted(PersonFound, answer).integratedAddressNumber);
  });

/** `renkei persons number`: the way back, for those whose grant says so. */
export const numberCommand = (): Command =>
  forAffair(
    new Command('number')
      .description('統合宛名番号から個人番号を調べる / the individual number of somebody')
      .argument('<number>', '統合宛名番号 / integrated address number'),
    'jocho',
  ).action(async (integratedAddressNumber: string, options: ForAffair) => {
    const body = { affair: options.affair, integratedAddressNumber };
    const answer = await callNode(personsCaller(options), '/v1/lookups/individual-number', body);
    if (options.json) writeJson(answer);
    else writeLine(fitted(registered.individualNumber.responses[200], answer).individualNumber);
  });

/** `renkei persons show`: basic items and the numbers in business systems. */
export const showCommand = (): Command =>
  forAffair(
    new Command('show')
      .description('基本情報と宛名番号を示す / basic items and numbers in business systems')
      .argument('<number>', '統合宛名番号 / integrated address number'),
  ).action(async (number: string, options: ForAffair) => {
    const query = new URLSearchParams({ affair: options.affair });
    const path = `/v1/persons/${encodeURIComponent(number)}?${query}`;
    const answer = await callNode(personsCaller(options), path);
    if (options.json) writeJson(answer);
    else process.stdout.write(personText(fitted(PersonView, answer)));
  });

interface ToldOptions extends ForAffair {
  readonly name?: string;
  readonly kana?: string;
  readonly birthDate?: string;
  readonly sex?: string;
  readonly address?: string;
}

/** What somebody says of a person. */
export const telling = (command: Command): Command =>
  command
    .option('--name <text>', '氏名 / name')
    .option('--kana <text>', '氏名カナ / reading')
    .option('--birth-date <day>', '生年月日 / YYYY-MM-DD')
    .option('--sex <男|女>', '性別 / sex')
    .option('--address <text>', '住所 / address');

export const toldIn = ({ name, kana, birthDate, sex, address }: ToldOptions) => ({
  ...(name !== undefined && { name }),
  ...(kana !== undefined && { kana }),
  ...(birthDate !== undefined && { birthDate }),
  ...(sex !== undefined && { sex }),
  ...(address !== undefined && { address }),
});

/** `renkei persons confirm`: is it this person? Exit 4 when not everything matches. */
export const confirmCommand = (): Command =>
  telling(
    forAffair(
      new Command('confirm')
        .description('本人確認。項目ごとに一致・不一致だけを示す / match or not, item by item')
        .argument('[number]', '統合宛名番号。なければ個人番号を尋ねる / else by individual number'),
    ),
  ).action(async (number: string | undefined, options: ToldOptions) => {
    const caller = personsCaller(options);
    const whom =
      number === undefined
        ? { individualNumber: await readNumber() }
        : { integratedAddressNumber: number };
    const body = { affair: options.affair, ...whom, ...toldIn(options) };
    const answer = await callNode(caller, '/v1/confirmations', body);
    const confirmation = fitted(ConfirmationView, answer);
    if (options.json) writeJson(answer);
    else process.stdout.write(confirmationText(confirmation, paintFor(process.stdout)));
    if (!confirmation.identical) process.exitCode = 4;
  });
