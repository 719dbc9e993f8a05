import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { mutants } from './mutants.ts';

// node replay-mutant.ts NUMBER: plants one fault in the sources as they are loaded, replays its scenario and writes
// the tests' verdicts. Nothing on the disk changes.

const ROOT = join(import.meta.dirname, '../../..');
const mutant = mutants[Number(process.argv[2])];
if (!mutant) throw new RangeError('which mutant?');
/** Spaces and line ends are the formatter's business. */
const loose = (text: string): RegExp =>
  new RegExp(
    text
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
    'g',
  );
let planted = 0;
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/${mutant.file}`)) return loaded;
    const source = String(loaded.source ?? readFileSync(new URL(url), 'utf8'));
    planted += [...source.matchAll(loose(mutant.find))].length;
    return { ...loaded, source: source.replace(loose(mutant.find), () => mutant.replace) };
  },
});

const { replay } = await import('../../../src/compliance/replay.ts');
const { readConfig } = await import('../../../src/network/config/read.ts');
const { readPermissionLists } = await import(
  '../../../src/service/permission-lists/read-folder.ts'
);
const config = join(ROOT, 'renkei.yaml');
const { files } = await replay({
  files: [join(ROOT, 'scenarios', mutant.scenario)],
  ground: {
    base: readConfig(readFileSync(config, 'utf8'), config),
    folder: ROOT,
    law: await readPermissionLists(join(ROOT, 'permission-lists')),
  },
  filter: mutant.filter,
  today: '2026-11-22',
});
const verdicts = files.flatMap(({ tests }) => tests.map(({ id, verdict }) => ({ id, verdict })));
process.stdout.write(JSON.stringify({ planted, verdicts }));
