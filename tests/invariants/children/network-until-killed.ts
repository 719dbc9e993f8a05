import { writeSync } from 'node:fs';
import { KUMAGAYA, MATSUE, testNetwork } from '../../support/test-network.ts';

// Runs a network on disk until it is killed, and says where its nodes listen and by which tokens they are called.
const [path = ''] = process.argv.slice(2);
const net = await testNetwork({ storage: { kind: 'folder', path }, chance: 'system' });
const [provider, inquirer] = [KUMAGAYA, MATSUE].map((agency) => ({
  url: net.url(agency),
  gyomu: net.token(agency, 'gyomu'),
  tanto: net.token(agency, 'tanto'),
  jocho: net.token(agency, 'jocho'),
  kanri: net.token(agency, 'kanri'),
}));
writeSync(1, `${JSON.stringify({ provider, inquirer })}\n`);
