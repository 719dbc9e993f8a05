import { randomInt } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { type AuditedLog, auditLogs } from '../../src/compliance/audit/audit-logs.ts';
import { seeded } from '../../src/network/world/seeded.ts';
import { openCheckpoint } from '../../src/protocol/log/checkpoint.ts';
import { originOf } from '../../src/protocol/log/origin.ts';
import { type Audited, auditedWorld, keysOf } from './audited-world.ts';
import { SORTS, type Sort, tamper } from './tamperings.ts';

// 番号法23条: three parties keep the record, and none of them can alter it unseen.

/** All ten thousand take a minute, which CI has. */
const RUNS = Number(process.env.RENKEI_TAMPERINGS ?? (process.env.CI ? 10_000 : 2_000));
const WORLDS = 5;
const seed = process.env.RENKEI_SEED ?? String(randomInt(2 ** 40));

interface World {
  readonly logs: readonly Audited[];
  readonly audited: readonly AuditedLog[];
  /** How many records of each party the others have seen. */
  readonly seen: ReadonlyMap<string, number>;
}
const worlds: World[] = [];
beforeAll(async () => {
  process.stdout.write(`audit of tampered logs: RENKEI_SEED=${seed}\n`);
  for (let each = 0; each < WORLDS; each += 1) worlds.push(worldOf(await auditedWorld(each)));
}, 120_000);

function worldOf(logs: readonly Audited[]): World {
  const audited = logs.map(({ party, key, lines }) => {
    const keys = keysOf(party, key);
    return { party, keys, lines: () => lines };
  });
  const seen = new Map<string, number>();
  for (const line of logs.flatMap(({ lines }) => lines)) {
    const { seen: told } = JSON.parse(line);
    const log = told && audited.find(({ party }) => party === told.log);
    if (!log) continue;
    const { size } = openCheckpoint(told.checkpoint, {
      origin: originOf(log.party),
      keys: log.keys,
    });
    seen.set(log.party, Math.max(size, seen.get(log.party) ?? 0));
  }
  return { logs, audited, seen };
}

/** Records between two checkpoints that others have seen: what one exchange writes. */
const MOST_BETWEEN = 6;
/** Whether the place can be told exactly: a row that does not fit its hash or its number, or records that end too early. */
const isExact = (sort: Sort, careful: boolean) =>
  !careful && ['edit', 'delete', 'truncate'].includes(sort);

const pick = <Item>(items: readonly Item[], chance: (below: number) => number): Item => {
  const found = items[chance(items.length)];
  if (found === undefined) throw new RangeError('nothing to pick');
  return found;
};
const chanceOf = (run: number) => {
  const draw = seeded(seed, 'tampering', String(run));
  return (below: number) => draw.int(Math.max(1, below));
};

test('untouched logs raise no alarm, in whatever order they are read', async () => {
  for (let run = 0; run < RUNS; run += 1) {
    const chance = chanceOf(run);
    const { audited } = pick(worlds, chance);
    const turn = chance(3);
    const found = await auditLogs([...audited.slice(turn), ...audited.slice(0, turn)]);
    if (!found.ok) throw new Error(`run ${run} of seed ${seed}: ${JSON.stringify(found.findings)}`);
  }
}, 300_000);

test('every tampering with one party’s store is found, with the party and the first bad record', async () => {
  const met = new Map<string, number>();
  for (let run = 0; run < RUNS; run += 1) {
    const chance = chanceOf(run);
    const { logs, audited, seen } = pick(worlds, chance);
    const log = pick(logs, chance);
    const sort: Sort = pick(SORTS, chance);
    const careful = chance(2) === 1;
    const { lines, first } = tamper(log, sort, careful, seen.get(log.party) ?? 0, chance);
    const changed = audited.map((each) =>
      each.party === log.party ? { ...each, lines: () => lines } : each,
    );
    const found = await auditLogs(changed);
    const where = `run ${run} of seed ${seed}: ${sort}${careful ? ', careful' : ''} at ${first} of ${log.party}: ${JSON.stringify(found.findings.slice(0, 3))}`;
    if (found.ok) throw new Error(`missed: ${where}`);
    expect(found.first?.party, where).toBe(log.party);
    const named = found.first?.index ?? -1;
    if (isExact(sort, careful)) expect(named, where).toBe(first);
    // Signed anew: between two checkpoints that others have seen, and these are a few records apart.
    else
      expect(first >= named && first < named + MOST_BETWEEN, `${where}, named ${named}`).toBe(true);
    met.set(`${sort} ${careful}`, (met.get(`${sort} ${careful}`) ?? 0) + 1);
  }
  expect(met.size).toBe(2 * SORTS.length);
}, 600_000);
