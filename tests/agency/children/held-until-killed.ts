import { writeSync } from 'node:fs';
import { KUMAGAYA, MATSUE, testNetwork } from '../../support/test-network.ts';

// Runs a network on disk in which one kind of message is held on its way, until it is killed.
const [path = '', message = '', leg = ''] = process.argv.slice(2);
const net = await testNetwork({ storage: { kind: 'folder', path }, chance: 'system' });
const fault = { message, leg: leg === 'reply' ? 'reply' : 'request' } as const;
// Less than anybody waits, by a clock that nobody moves.
net.network.faults.add({ ...fault, action: 'delay', delaySeconds: 5 });
const [provider, inquirer] = [KUMAGAYA, MATSUE].map((agency) => ({
  url: net.url(agency),
  tanto: net.token(agency, 'tanto'),
  jocho: net.token(agency, 'jocho'),
}));
const resident = net.somebody('ordinary').number;
writeSync(1, `${JSON.stringify({ provider, inquirer, control: net.url('control'), resident })}\n`);
