import { auditLogs } from '../../src/compliance/audit/audit-logs.ts';
import { exportLines } from '../../src/compliance/audit/read-export.ts';
import { originOf } from '../../src/protocol/log/origin.ts';
import { noteVerifier } from '../../src/protocol/log/signed-note.ts';

// Audits exports in a process of its own, so that what it needs is what the process needs. Each argument: a party’s
// code, its public key (base64url) and the file, with a comma between them.
const logs = process.argv.slice(2).map((argument) => {
  const [party = '', key = '', file = ''] = argument.split(',');
  const keys = [noteVerifier(originOf(party), Buffer.from(key, 'base64url'))];
  return { party, keys, lines: exportLines(file) };
});
const start = performance.now();
const { ok, logs: sizes, exchanges } = await auditLogs(logs);
process.send?.({
  ok,
  exchanges,
  records: sizes.reduce((sum, { size }) => sum + size, 0),
  seconds: (performance.now() - start) / 1000,
  // Kilobytes, by getrusage(2).
  rss: process.resourceUsage().maxRSS * 1024,
});
