import type { CorrectionRequestView } from '../../../protocol/history.ts';
import type { Gateway } from '../gateway.ts';
import type { CorrectionRequested } from './ports.ts';

/** A request as its person is told of it. */
export const requestView = (
  { agencies }: Pick<Gateway, 'agencies'>,
  { id, agency, facts, state, askedAt }: CorrectionRequested,
): CorrectionRequestView => ({
  id,
  agency: { code: agency, name: agencies.find(agency)?.name ?? agency },
  facts,
  // Whether it has arrived is the parties’ affair.
  state: state === 'sent' ? 'waiting' : state,
  askedAt: new Date(askedAt * 1000).toISOString(),
});
