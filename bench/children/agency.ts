import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readConfig } from '../../src/network/config/read.ts';
import { startNetwork } from '../../src/network/start-network.ts';

// A gateway and 熊谷市’s node alone, durable in the folder named by the argument: what one agency’s process costs.
const [path = ''] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const config = readConfig(readFileSync(join(root, 'renkei.yaml'), 'utf8'), 'renkei.yaml');
const network = await startNetwork({
  config: {
    ...config,
    agencies: config.agencies.filter(({ code }) => code === '11202'),
    residents: { count: 0 },
  },
  folder: root,
  storage: { kind: 'folder', path },
  freePorts: true,
});
const delay = monitorEventLoopDelay({ resolution: 2 });
delay.enable();
let rss = 0;
let used = process.cpuUsage();
// What the thread itself has used since the loop last came round: other programs on the machine do not count.
let before = process.threadCpuUsage();
let turnMs = 0;
const watch = setInterval(() => {
  const now = process.threadCpuUsage();
  turnMs = Math.max(turnMs, (now.user + now.system - before.user - before.system) / 1000);
  before = now;
  rss = Math.max(rss, process.memoryUsage.rss());
}, 5);
process.send?.({
  url: network.agency('11202').url,
  token: network.credentials.get('11202')?.staff.tanto,
  rss: process.memoryUsage.rss(),
});
process.on('message', (message) => {
  if (message !== 'peak') return;
  const { user, system } = process.cpuUsage(used);
  const cpuSeconds = (user + system) / 1e6;
  process.send?.({
    rss,
    cpuSeconds,
    turnMs,
    stallMs: delay.max / 1e6,
    p99Ms: delay.percentile(99) / 1e6,
  });
  rss = 0;
  turnMs = 0;
  used = process.cpuUsage();
  delay.reset();
});
process.once('disconnect', () => {
  clearInterval(watch);
  void network.close();
});
