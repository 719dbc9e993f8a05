import { GATEWAY } from '../../protocol/identifiers.ts';
import { forgeLog } from '../../service/sqlite/forge-log.ts';
import type { Stage } from '../run/stage.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import type { Outcome } from './outcome.ts';

/** Somebody changes their own log behind the others’ backs. */
export async function forge(stage: Stage, { log, how }: Actions['forge']): Promise<Outcome> {
  forgeLog(partyOf(stage, log).log, how);
  return {};
}

/** The operator has a party trust a log anew. */
export async function trust(stage: Stage, { party, log }: Actions['trust']): Promise<Outcome> {
  await partyOf(stage, party).proofs.trust(stage.codeOf(log));
  return {};
}

function partyOf({ network, codeOf }: Stage, name: string) {
  const code = codeOf(name);
  return code === GATEWAY ? network.gateway : network.agency(code);
}
