import { stringify } from 'yaml';
import type { ExchangeView } from '../../protocol/control-api/exchanges.ts';
import { japaneseDay } from '../../protocol/day.ts';

const HEADER = '# yaml-language-server: $schema=./scenario.schema.json\n';
const PERSON = 'ある人';

/**
 * A scenario that asks the same again and expects the same. Who the person was and what the answer said is not in it:
 * the invented person of the scenario has an invented copy, where one was found.
 */
export function scenarioOf(exchange: ExchangeView): string {
  const { inquirer, provider, item, information, decision, state, code, list } = exchange;
  const hasCopy = decision === 'permit' && state !== 'no_record';
  const copy = {
    information: information.name,
    layoutVersion: 'X-1',
    records: [{ 項目: '架空' }],
    ...(state === 'pending' && { autoResponseDisabled: true }),
  };
  const knownTo = { [inquirer.name]: null, [provider.name]: hasCopy ? { copies: [copy] } : null };
  const parties = { inquirers: partyOf(inquirer), providers: partyOf(provider) };
  const query = {
    ...{ inquirer: inquirer.name, provider: provider.name, person: PERSON },
    ...(item === undefined ? { affair: exchange.affair?.name } : { item }),
    information: information.name,
  };
  const expect = {
    decision,
    ...(code !== undefined && { code }),
    ...(exchange.reasons.length > 0 && { reasons: exchange.reasons }),
    ...(item !== undefined && { item }),
    ...(list !== null && { list }),
    status: state,
  };
  const scenario = {
    version: 1,
    name: `${inquirer.name}から${provider.name}への照会（${japaneseDay(Date.parse(exchange.at))}）`,
    ...(item !== undefined && { ref: { law: '番号法第19条第8号', item: [item] } }),
    seed: exchange.id,
    now: exchange.at,
    ...parties,
    persons: { [PERSON]: { knownTo } },
    tests: [{ id: 'the-same-again', steps: [{ id: 'ask', query, expect }] }],
  };
  return HEADER + stringify(scenario, { lineWidth: 0 });
}

const partyOf = ({ code, name }: ExchangeView['inquirer']) => ({ [name]: { agency: code } });
