import { z } from 'zod';
import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import { callNode, problemIn } from './call-node.ts';
import type { Outcome } from './outcome.ts';

const Session = z.object({ token: z.string() });

/** The person concerned logs in with their card and looks at what was asked about them. */
export async function history(stage: Stage, it: Actions['history']): Promise<Outcome> {
  // What was sent on after an earlier step’s reply has arrived.
  await stage.network.settled();
  const agency = stage.codeOf(it.agency);
  const resident = stage.cast.memberOf(it.person, agency, 'number');
  const loggedIn = await callNode(stage, {
    ...{ agency, to: 'control', path: '/v1/persons/sessions', as: 'operator' },
    body: { resident, agency },
  });
  const refused = problemIn(loggedIn);
  if (refused) return { ...refused, body: loggedIn.body };
  const { token } = Session.parse(loggedIn.body);
  const { url } = stage.network.gateway;
  const headers = { authorization: `Bearer ${token}` };
  const response = await stage.http.get(`${url}/v1/persons/history?limit=100`, { headers });
  const { body } = response;
  return { ...(problemIn(response) ?? { status: 'accepted' }), body };
}
