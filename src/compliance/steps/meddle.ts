import { FaultSchema } from '../../network/faults/fault.ts';
import { ERRORS } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { Signer } from '../../protocol/keys.ts';
import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { type Alteration, altered } from '../tap/alter.ts';
import { kindsIn, type Passage } from '../tap/passage.ts';
import { problemIn } from './call-node.ts';
import { type Memory, remembered } from './memory.ts';
import type { Outcome } from './outcome.ts';

/** Meddles with one message: with the next on its way, or by sending one of an earlier step (again). */
export async function tamper(
  stage: Stage,
  it: Actions['tamper'],
  memory: Memory,
): Promise<Outcome> {
  if (it.of !== undefined) return await sendAgain(stage, it, memory);
  const { message, action, by, to, from } = it;
  stage.tap.meddle({
    message,
    from: from === undefined ? undefined : stage.codeOf(from),
    times: 1,
    ...(action === 'alter' && { alter: (body) => altered(body, alterationOf(stage, it)) }),
    ...(action === 'redirect' && to !== undefined && { redirect: stage.codeOf(to) }),
    ...(action === 'delay' && { first: async () => stage.clock.advance(by ?? 0) }),
  });
  return {};
}

async function sendAgain(stage: Stage, it: Actions['tamper'], memory: Memory): Promise<Outcome> {
  const { from, until, inquirer, provider, exchange } = remembered(memory, it.of ?? '');
  const passages = stage.tap.passages.slice(from, until);
  const found = passages.find((passage) => Object.values(kindsIn(passage)).includes(it.message));
  if (!found) throw new RangeError(`${it.of} sent no ${it.message}`);
  const { body, to, path } = asRequest(found, it.message);
  if (it.action === 'delay') stage.clock.advance(it.by ?? 0);
  const sent = it.action === 'alter' ? await altered(body, alterationOf(stage, it)) : body;
  const receiver = it.to === undefined ? to : stage.codeOf(it.to);
  const response = await stage.http.post(`${stage.tap.urlOf(receiver)}${path}`, JSON.parse(sent));
  const parties = { inquirer, provider, exchange };
  const problem = problemIn(response);
  if (!problem) return { ...parties, status: 'accepted' };
  const denied =
    problem.ground === undefined ? {} : ({ decision: 'deny', status: 'denied' } as const);
  return { ...problem, ...parties, ...denied };
}

/** A reply can only be sent of one’s own accord where somebody takes it: an answer, by the gateway. */
function asRequest(passage: Passage, message: string): { body: string; to: string; path: string } {
  const { to, path, request, reply } = passage;
  if (kindsIn(passage).request === message) return { body: request, to, path };
  if (message === 'answer' && reply) return { body: reply.text, to: GATEWAY, path: '/v1/provide' };
  throw new RangeError(`a ${message} is a reply: nobody takes it unasked`);
}

const alterationOf = (stage: Stage, it: Actions['tamper']): Alteration => ({
  claims: it.claims,
  signer: it.signedBy === undefined ? undefined : signerOf(stage, it.signedBy),
  sealed: it.sealed,
  proof: it.proof,
  pad: it.pad,
  now: () => stage.clock.now(),
  newId: stage.newId,
});

function signerOf({ keys, codeOf }: Stage, party: string): Signer {
  const code = codeOf(party);
  if (code === GATEWAY) return keys.gateway.signer;
  if (code === 'registry') return keys.registry.signer;
  const own = keys.agencies.get(code);
  if (!own) throw new RangeError(`${party} has no key`);
  return own.node.signer;
}

/** Something goes wrong from now on, until `clear`. */
export async function fault(stage: Stage, it: Actions['fault']): Promise<Outcome> {
  if (it === 'clear') {
    stage.tap.leave();
    stage.storage.set(undefined);
    stage.network.faults.clear();
  } else if ('storage' in it) {
    stage.storage.set(it.action);
  } else if (it.action === 'answer') {
    const { message = '', from, to, code = 'internal', times = Number.POSITIVE_INFINITY } = it;
    const answer = problemFor(code);
    const ends = { from: from && stage.codeOf(from), to: to && stage.codeOf(to) };
    stage.tap.meddle({ message, ...ends, times, answer });
  } else {
    const { from, to, code: _code, ...rest } = it;
    const ends = {
      ...(from !== undefined && { from: stage.codeOf(from) }),
      ...(to !== undefined && { to: stage.codeOf(to) }),
    };
    stage.network.faults.add(FaultSchema.parse({ ...rest, ...ends }));
  }
  return {};
}

/** What a proxy or a limiter on the way says, in the shape that everybody here speaks (RFC 9457). */
function problemFor(code: keyof typeof ERRORS) {
  const [status, ja, en] = ERRORS[code];
  const words = { title: `${ja} / ${en}`, detail: `${ja} / ${en}`, ja, en };
  return {
    status,
    type: 'application/problem+json',
    text: JSON.stringify({ type: `urn:renkei:error:${code}`, status, code, ...words }),
  };
}
