import { z } from 'zod';
import { readySecrets } from '../../network/principals.ts';
import { oneTimeCodes } from '../../service/one-time-codes.ts';
import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import { type Memory, remembered } from './memory.ts';
import type { Outcome } from './outcome.ts';

const LoggedIn = z.looseObject({ token: z.string(), passwordDue: z.boolean() });
const HandedOver = z.looseObject({
  initialPassword: z.string().optional(),
  oneTimeCodes: z.array(z.looseObject({ person: z.string(), secret: z.string() })),
});

/** Codes that were sent last, by scenario, agency and user. */
const sent = new WeakMap<Stage, Map<string, string>>();

/** A member of staff logs in with password and one-time code. */
export async function logIn(stage: Stage, it: Actions['logIn'], memory: Memory): Promise<Outcome> {
  const agency = stage.codeOf(it.agency);
  const { password, secret } = secretsOf(stage, it, agency, memory);
  const codes = sent.get(stage) ?? new Map<string, string>();
  sent.set(stage, codes);
  const key = `${agency} ${it.user} ${it.who ?? ''}`;
  const present = oneTimeCodes.codeAt(secret, stage.clock.now());
  const code = { right: present, wrong: wrongFor(present), again: codes.get(key) }[it.code];
  if (code === undefined) throw new RangeError(`${it.user} has sent no code before`);
  codes.set(key, code);
  const response = await callNode(stage, {
    ...{ agency, path: '/v1/sessions', as: 'nobody' },
    body: {
      ...{ user: it.user, code, password: it.password === 'right' ? password : `${password}!` },
      ...(it.who !== undefined && { person: it.who }),
    },
  });
  const problem = problemIn(response);
  if (problem) return { ...problem, inquirer: agency };
  const { token, passwordDue } = LoggedIn.parse(response.body);
  const status = passwordDue ? 'password_due' : 'logged_in';
  return { status, session: token, inquirer: agency };
}

/** A code of the right form that is not right, nor one step off. */
const wrongFor = (code: string): string =>
  String((Number(code) + 500_000) % 1_000_000).padStart(6, '0');

function secretsOf(stage: Stage, it: Actions['logIn'], agency: string, memory: Memory) {
  const ready = readySecrets(stage.network.config.seed, agency, it.user);
  if (it.of === undefined) return ready;
  const { initialPassword, oneTimeCodes: all } = HandedOver.parse(remembered(memory, it.of).body);
  const own = all.find(({ person }) => person === (it.who ?? it.user));
  return {
    password: initialPassword ?? ready.password,
    secret: own ? oneTimeCodes.fromBase32(own.secret) : ready.secret,
  };
}
