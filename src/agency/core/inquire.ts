import { canonicalJson } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { askGateway } from './ask-gateway.ts';
import { sealedSecret } from './at-rest.ts';
import { entitled } from './business-systems/entitled.ts';
import { collectAnswers } from './collect.ts';
import type { AgencyNode } from './node.ts';
import { obtainPermit, personOf } from './obtain-permit.ts';
import type { Ask, Inquiry, InquiryState } from './ports.ts';
import type { Asker } from './principal.ts';

/**
 * Makes an inquiry: permit, query, answer. Asking again with the same id never asks twice: an inquiry
 * that has an end is returned as it is, and one that is `open` goes on where it stopped.
 * A business system asks for what its entry takes in, and for nothing else.
 * @throws RenkeiError not_authorised, code_not_acquired, state_conflict (same id, other content), provider_unavailable,
 *   provider_timeout, gateway_unavailable: with the last three the inquiry stays open
 */
export async function inquire(node: AgencyNode, by: Asker, asked: Ask): Promise<Inquiry> {
  // Somebody may still name the person by a number that was merged into another.
  const named = node.store.read.mergedInto(asked.integratedAddressNumber);
  const known = named === undefined ? asked : { ...asked, integratedAddressNumber: named };
  const ask = await entitled(node, by, known);
  node.observe({
    kind: 'inquiry',
    from: `${by.kind} ${by.id}`,
    to: node.code,
    ids: [ask.id],
    facts: { ...(ask.item !== undefined && { item: ask.item }), information: ask.information },
  });
  const begun = begin(node, by, ask);
  return begun.state === 'asking' ? await goOn(node, begun) : begun;
}

/** Asks what is on its way, or goes on where it stopped; nobody else may be asking it. @throws RenkeiError as `inquire` */
export async function goOn(node: AgencyNode, begun: Inquiry): Promise<Inquiry> {
  // Before anything is waited for: nobody else begins the same one meanwhile.
  node.asking.add(begun.id);
  try {
    if (node.store.read.codeOf(begun.integratedAddressNumber) === undefined) {
      await refuseWithoutCode(node, begun);
    }
    return await carryOut(node, begun).catch((error) => leaveOpen(node, begun, error));
  } finally {
    node.asking.delete(begun.id);
  }
}

/**
 * A new inquiry, or the one that has this id. It is written down with the permit or the denial: before that it
 * has had no effect anywhere, and after a crash the same id simply asks for the first time.
 * @throws RenkeiError state_conflict for another content, or another caller’s inquiry
 */
function begin(node: AgencyNode, by: Asker, ask: Ask): Inquiry {
  const known = node.store.read.inquiry(ask.id);
  if (known && !(known.byKind === by.kind && known.by === by.id && sameAsk(known, ask))) {
    throw new RenkeiError('state_conflict', {
      ja: '同じ番号の別の照会があります',
      en: 'Another inquiry has this id',
    });
  }
  // A second caller does not join in: it sees how far the first has come.
  if (node.asking.has(ask.id)) return known ?? { ...ask, ...fresh(node, by), state: 'open' };
  // `permitted`, and nobody asks: its last attempt could not be written down (a full disk).
  if (known && known.state !== 'open' && known.state !== 'permitted') return known;
  return { ...(known ?? { ...ask, ...fresh(node, by) }), state: 'asking' };
}

/** Whether two are one and the same: id, person, and all that is asked. */
export const sameAsk = (one: Ask, other: Ask): boolean =>
  canonicalJson(askOf(one)) === canonicalJson(askOf(other));

async function carryOut(node: AgencyNode, begun: Inquiry): Promise<Inquiry> {
  const known = begun.permit === undefined ? undefined : await presentAgain(node, begun);
  if (known) return known;
  // A one-time key goes with one permit.
  const permitted = await obtainPermit(node, { ...begun, secret: sealedSecret(node, begun.id) });
  return permitted.state === 'permitted' ? await askGateway(node, permitted) : permitted;
}

/**
 * Presents the permit of an attempt that failed on the way, even out of time: only the gateway knows whether it
 * has been spent, and then its answer is fetched rather than the provider asked twice.
 * @returns how far the inquiry is, or undefined if it needs a new permit
 */
async function presentAgain(node: AgencyNode, begun: Inquiry): Promise<Inquiry | undefined> {
  try {
    return await askGateway(node, { ...begun, state: 'permitted' });
  } catch (error) {
    if (!(error instanceof RenkeiError)) throw error;
    if (error.code === 'permit_expired') return undefined;
    if (error.code !== 'permit_already_used') throw error;
    const refused = await collectAnswers(node);
    const now = node.store.read.inquiry(begun.id);
    if (now && now.state !== 'open' && now.state !== 'permitted') return now;
    const { exchange: state } = error.detail.extensions ?? {};
    // Answered, and no longer kept for this node: the answer is lost.
    if (state === 'answered' && !refused.includes(begun.exchange ?? '')) return undefined;
    if (state !== 'pending') throw error;
    const change = { state: 'pending', code: undefined } as const;
    return await node.store.transact((tx) => {
      tx.changeInquiry(begun.id, change);
      return { ...begun, ...change };
    });
  }
}

const fresh = (node: AgencyNode, by: Asker) => ({
  by: by.id,
  byKind: by.kind,
  createdAt: node.clock.now(),
});

/** @throws RenkeiError code_not_acquired */
export async function refuseWithoutCode(node: AgencyNode, ask: Ask): Promise<never> {
  const code = 'code_not_acquired';
  await node.store.transact((tx) => {
    // Approved, and the code is gone since: it waits for somebody to try it again.
    if (tx.inquiry(ask.id)?.state === 'approved') tx.changeInquiry(ask.id, { state: 'open', code });
    tx.record({
      kind: 'denied',
      at: node.clock.now(),
      inquirer: node.code,
      provider: ask.provider,
      information: ask.information,
      code,
      reasons: [code],
    });
  });
  throw new RenkeiError(code, {
    hint: {
      ja: '統合宛名システムから識別符号を取得してから照会してください',
      en: 'Acquire a code through the address-number system before inquiring',
    },
  });
}

/** What an inquiry was that is open from now on. */
const OPENS: readonly InquiryState[] = ['approved', 'permitted', 'open'];

/** What failed on the way can be asked again. */
async function leaveOpen(node: AgencyNode, begun: Inquiry, error: unknown): Promise<never> {
  if (!(error instanceof RenkeiError)) throw error;
  const { id } = begun;
  await node.store.transact((tx) => {
    const known = tx.inquiry(id);
    if (!known) tx.addInquiry({ ...begun, state: 'open', code: error.code });
    else if (OPENS.includes(known.state)) {
      tx.changeInquiry(id, { state: 'open', code: error.code });
    } else return;
    tx.record({
      kind: 'unanswered',
      at: node.clock.now(),
      ...(known?.exchange !== undefined && { exchange: known.exchange }),
      ...(known?.subject ?? { inquirer: node.code, provider: begun.provider }),
      ...(known?.requestedAt !== undefined && { requestedAt: known.requestedAt }),
      code: error.code,
      ...personOf(node, begun),
    });
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
  nonDisclosable: it.nonDisclosable,
});
