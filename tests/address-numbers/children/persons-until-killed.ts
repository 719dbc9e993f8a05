import { writeSync } from 'node:fs';
import http from 'node:http';
import { KUMAGAYA, testNetwork } from '../../support/test-network.ts';

// Runs a network on disk until it is killed: by whoever started it, or by itself when the address-number system is
// about to ask its node for a merge, or has just heard that the node has merged.
const [path = '', when = 'never'] = process.argv.slice(2);
// Not while it starts: then it carries out what an earlier kill has left.
let armed = false;
const real = http.request;
const watched = (target: string | URL, options: http.RequestOptions): http.ClientRequest => {
  const isMerge = new URL(target).pathname === '/v1/persons/merge' && armed;
  if (isMerge && when === 'before') process.kill(process.pid, 'SIGKILL');
  const request = real(target, options);
  if (isMerge && when === 'after') {
    request.once('response', () => process.kill(process.pid, 'SIGKILL'));
  }
  return request;
};
http.request = watched as typeof http.request;
const net = await testNetwork({ storage: { kind: 'folder', path }, chance: 'system' });
armed = true;
const party = `${KUMAGAYA} address-numbers`;
const tokens = Object.fromEntries(['tanto', 'jocho'].map((who) => [who, net.token(party, who)]));
writeSync(1, `${JSON.stringify({ url: net.url(party), ...tokens })}\n`);
