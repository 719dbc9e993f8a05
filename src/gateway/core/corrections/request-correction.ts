import type { CorrectedFacts } from '../../../protocol/corrected-facts.ts';
import { correctable, unknownFacts } from '../../../protocol/correction.ts';
import { numericDate } from '../../../protocol/day.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import type { Gateway } from '../gateway.ts';
import type { CorrectionRequested } from './ports.ts';
import { tellCorrections } from './tell-corrections.ts';

/**
 * The person concerned asks one of the two agencies to correct its record of an exchange. It is durable here before it is
 * answered, and told to that agency until it acknowledges; there, people decide.
 * @param person as the gateway knows them
 * @throws RenkeiError not_found (also for what must not be told), state_conflict, message_malformed
 */
export async function requestCorrection(
  gateway: Gateway,
  person: string,
  asked: {
    readonly exchange: string;
    readonly to: 'inquirer' | 'provider';
    readonly facts: CorrectedFacts;
  },
): Promise<CorrectionRequested> {
  const { exchange, to, facts } = asked;
  const { store, law, clock } = gateway;
  if (!store.read.mayBeTold(person, exchange)) throw new RenkeiError('not_found');
  const base = correctable(store.read.recordsOf(exchange));
  if (!base) throw notOver();
  const unknown = unknownFacts(law.permission, base.list, facts);
  if (unknown.length > 0) throw unknownWords(unknown);
  const agency = base.kind === 'denied' && to === 'provider' ? undefined : base[to];
  if (agency === undefined || base.statement === undefined) throw neverHeard();
  const open = store.read
    .correctionRequestsOf(exchange)
    .some((each) => each.agency === agency && (each.state === 'sent' || each.state === 'waiting'));
  if (open) throw alreadyAsked();
  const request: CorrectionRequested = {
    ...{ id: gateway.newId(), exchange, agency, facts, state: 'sent', corrects: base.statement },
    askedAt: numericDate(clock.now()),
  };
  const { inquirer, provider } = base;
  await store.transact((tx) => {
    tx.addCorrectionRequest(request);
    tx.record({
      ...{ kind: 'correction_requested', at: clock.now(), exchange, message: request.id },
      ...{ inquirer, provider, ...facts, corrects: request.corrects, person },
    });
  });
  gateway.background(tellCorrections(gateway));
  return request;
}

const notOver = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: 'まだ回答されていないため、訂正を求められません',
    en: 'It is not answered yet, so there is nothing to correct',
  });

const alreadyAsked = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: 'この機関への訂正の求めがまだ決定されていません',
    en: 'This agency has not decided on an earlier request yet',
  });

const neverHeard = (): RenkeiError =>
  new RenkeiError('message_malformed', {
    ja: 'to: 不許可の照会は情報提供者に伝わっておらず、そこに記録はありません',
    en: 'to: the provider never heard of what was denied, and has no record of it',
    hint: { ja: 'inquirer に求めてください', en: 'Ask the inquirer' },
  });

const unknownWords = (fields: readonly string[]): RenkeiError =>
  new RenkeiError('message_malformed', {
    ja: `照合リストにない項目です: ${fields.join('、')}`,
    en: `Not in the permission list: ${fields.join(', ')}`,
  });
