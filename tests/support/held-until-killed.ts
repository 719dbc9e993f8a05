import { writeSync } from 'node:fs';
import { KUMAGAYA, MATSUE, testNetwork } from './test-network.ts';

// Runs a network on disk in which one kind of message (if told) is held on its way, until it is killed.
const [path = '', message = '', leg = ''] = process.argv.slice(2);
const net = await testNetwork({ storage: { kind: 'folder', path }, chance: 'system' });
const fault = { message, leg: leg === 'reply' ? 'reply' : 'request' } as const;
// Less than anybody waits, by a clock that nobody moves.
if (message !== '') net.network.faults.add({ ...fault, action: 'delay', delaySeconds: 5 });
const [provider, inquirer] = [KUMAGAYA, MATSUE].map((agency) => ({
  url: net.url(agency),
  gyomu: net.token(agency, 'gyomu'),
  tanto: net.token(agency, 'tanto'),
  jocho: net.token(agency, 'jocho'),
}));
const resident = net.somebody('ordinary').number;
const flagged = net.somebody('disabled').number;
const told = { provider, inquirer, control: net.url('control'), resident, flagged };
writeSync(1, `${JSON.stringify(told)}\n`);
