import { canonicalJson } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { oneTimeKey } from '../../protocol/sealing.ts';
import { askGateway } from './ask-gateway.ts';
import { collectAnswers } from './collect.ts';
import type { AgencyNode, Principal } from './node.ts';
import { obtainPermit } from './obtain-permit.ts';
import type { Ask, Inquiry } from './ports.ts';

/**
 * Makes an inquiry: permit, query, answer. Asking again with the same id never asks twice: an inquiry
 * that has an end is returned as it is, and one that is `open` goes on where it stopped.
 * @throws RenkeiError code_not_acquired, state_conflict (same id, other content), provider_unavailable,
 *   provider_timeout, gateway_unavailable: with the last three the inquiry stays open
 */
export async function inquire(node: AgencyNode, by: Principal, ask: Ask): Promise<Inquiry> {
  node.observe({
    kind: 'inquiry',
    from: `${by.kind} ${by.id}`,
    to: node.code,
    ids: [ask.id],
    facts: { ...(ask.item !== undefined && { item: ask.item }), information: ask.information },
  });
  const begun = await begin(node, by, ask);
  if (begun.state !== 'asking') return begun;
  try {
    const permitted = await obtainPermit(node, begun);
    return permitted.state === 'permitted' ? await askGateway(node, permitted) : permitted;
  } catch (error) {
    return await leaveOpen(node, ask.id, error);
  }
}

/** Notes the inquiry, or finds the one that was noted under this id. */
async function begin(node: AgencyNode, by: Principal, ask: Ask): Promise<Inquiry> {
  const { secret } = oneTimeKey(node.randomness.bytes(32));
  if (node.store.read.codeOf(ask.integratedAddressNumber) === undefined) {
    await refuseWithoutCode(node, ask);
  }
  return await node.store.transact((tx) => {
    const known = tx.inquiry(ask.id);
    if (!known) {
      const inquiry = {
        ...ask,
        state: 'asking',
        by: by.id,
        createdAt: node.clock.now(),
        secret,
      } as const;
      tx.addInquiry(inquiry);
      return inquiry;
    }
    if (canonicalJson(askOf(known)) !== canonicalJson(askOf(ask))) {
      throw new RenkeiError('state_conflict', {
        ja: '同じ番号の別の照会があります',
        en: 'Another inquiry has this id',
      });
    }
    if (known.state !== 'open') return inProgress(known);
    tx.changeInquiry(ask.id, { state: 'asking', secret: known.secret ?? secret });
    return { ...known, state: 'asking', secret: known.secret ?? secret } as const;
  });
}

/** A second caller does not join in: it sees how far the first has come. */
const inProgress = (known: Inquiry): Inquiry =>
  known.state === 'asking' ? { ...known, state: 'open' } : known;

async function refuseWithoutCode(node: AgencyNode, ask: Ask): Promise<never> {
  await node.store.transact((tx) =>
    tx.record({
      kind: 'denied',
      at: node.clock.now(),
      inquirer: node.code,
      provider: ask.provider,
      information: ask.information,
      code: 'code_not_acquired',
      reasons: ['code_not_acquired'],
    }),
  );
  throw new RenkeiError('code_not_acquired', {
    hint: {
      ja: '統合宛名システムから識別符号を取得してから照会してください',
      en: 'Acquire a code through the address-number system before inquiring',
    },
  });
}

/** What failed on the way can be asked again; if the answer is at the gateway already, it is fetched. */
async function leaveOpen(node: AgencyNode, id: string, error: unknown): Promise<Inquiry> {
  if (!(error instanceof RenkeiError)) throw error;
  const collected =
    error.code === 'permit_already_used' &&
    (await collectAnswers(node).then(
      () => true,
      () => false,
    ));
  const now = node.store.read.inquiry(id);
  if (collected && now && now.state !== 'permitted') return now;
  await node.store.transact((tx) => {
    const state = tx.inquiry(id)?.state;
    if (state === 'asking' || state === 'permitted') {
      tx.changeInquiry(id, { state: 'open', code: error.code });
      const { exchange, subject } = tx.inquiry(id) ?? {};
      tx.record({
        kind: 'unanswered',
        at: node.clock.now(),
        ...(exchange !== undefined && { exchange }),
        ...(subject ?? { inquirer: node.code }),
        code: error.code,
      });
    }
  });
  node.observe({
    kind: 'unanswered',
    from: node.code,
    to: node.code,
    ids: [id],
    outcome: error.code,
  });
  throw error;
}

const askOf = (it: Ask): Ask => ({
  id: it.id,
  integratedAddressNumber: it.integratedAddressNumber,
  provider: it.provider,
  affair: it.affair,
  item: it.item,
  information: it.information,
  period: it.period,
});
