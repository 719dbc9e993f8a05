/**
 * How long one decision takes, permit and denial apart, among 1,800 agencies.
 *
 * Each decision is timed by itself (process.hrtime.bigint, some 50–100 ns a pair of readings, which
 * is not subtracted but printed as `clock`): a mean over a batch would hide the slow ones, and the
 * 99th percentile is about them. What is not a decision (garbage of the bench, the other core's
 * tenants) shows from p99.9 on, so `max` is printed and not claimed.
 *
 * What was found: a denial costs more than a permit because its three nearest alternatives are made at
 * once. As sets of places among a list's 443 provisions (fourteen words) they are found by
 * intersection; looking the item up and building the result is what remains.
 */
import { fileURLToPath } from 'node:url';
import { decideLine } from '../src/cli/decide/decide-line.ts';
import { compilePermission, type Permission } from '../src/protocol/permission/compile.ts';
import { decide } from '../src/protocol/permission/decide.ts';
import type { ListInquiry } from '../src/protocol/permission/inquiry.ts';
import { type Holder, holderOf } from '../src/protocol/permission/roles.ts';
import { readPermissionLists } from '../src/service/permission-lists/read-folder.ts';

const AT = '2026-11-22';
const SAMPLES = 200_000;

/** Seeded (mulberry32), so that two runs decide the same inquiries. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** 47 prefectures, 1,741 municipalities and a dozen national bodies, with the roles that they hold. */
function agencies(): readonly (readonly string[])[] {
  const many = (count: number, ...roles: string[]) => Array.from({ length: count }, () => roles);
  return [
    ...many(47, '都道府県知事', '都道府県教育委員会'),
    ...many(790, '市長', '市町村教育委員会'),
    ...many(2, '保健所を設置する市の長', '広島市長'),
    ...many(23, '特別区の区長', '市町村教育委員会'),
    ...many(740, '町村長', '市町村教育委員会'),
    ...many(186, '福祉事務所を管理する町村長', '市町村教育委員会'),
    ['厚生労働大臣'],
    ['法務大臣'],
    ['内閣総理大臣'],
    ['総務大臣'],
    ['国税庁長官'],
    ['文部科学大臣'],
    ['日本年金機構'],
    ['全国健康保険協会'],
    ['健康保険組合'],
    ['後期高齢者医療広域連合'],
    ['独立行政法人日本学生支援機構'],
    ['地方公務員共済組合'],
  ];
}

/** Inquiries as they come: any agency to any other, under any item; half of them for what it gives. */
function inquiries(permission: Permission, count: number): ListInquiry[] {
  const random = seeded(20261122);
  const pick = <One>(from: readonly One[]): One => {
    const one = from[random(from.length)];
    if (one === undefined) throw new RangeError('nothing to pick from');
    return one;
  };
  const list = permission.listOf.get('order-r6-9');
  if (list === undefined) throw new Error('the order is missing');
  const rows = [...list.rowOf.values()];
  const kinds = [...new Set(list.kinds.values())].map(({ information }) => information.code);
  const holders: readonly Holder[] = agencies().map((roles) => holderOf(permission, roles));
  return Array.from({ length: count }, () => {
    const inquirer = pick(holders);
    const provider = pick(holders);
    const provision = pick(list.provisions);
    const { row } = random(2) === 0 ? provision : { row: pick(rows) };
    const information = random(2) === 0 ? pick(provision.information).code : pick(kinds);
    return random(3) === 0
      ? { inquirer, provider, affair: row.affair.code, information }
      : { inquirer, provider, item: row.item, information };
  });
}

/** Nanoseconds of each sample, sorted. */
function spread(samples: number[]): { p50: number; p99: number; p999: number; max: number } {
  const sorted = Float64Array.from(samples).sort();
  const at = (part: number) =>
    (sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN) / 1000;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

function timed(work: () => unknown): number {
  const before = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - before);
}

/** Figures in microseconds (and lines a second). */
export async function benchDecide() {
  const folder = fileURLToPath(new URL('../permission-lists/', import.meta.url));
  const { lists, roles } = await readPermissionLists(folder);
  const compile = timed(() => compilePermission(lists, roles)) / 1000;
  const permission = compilePermission(lists, roles);
  const asked = inquiries(permission, SAMPLES);
  const permits: number[] = [];
  const denials: number[] = [];
  const clock: number[] = [];
  // The first round warms the compiler up and is thrown away.
  for (const round of [0, 1]) {
    for (const inquiry of asked) {
      let permitted = false;
      const taken = timed(() => {
        permitted = decide(permission, AT, inquiry).decision === 'permit';
      });
      const idle = timed(() => undefined);
      if (round === 0) continue;
      (permitted ? permits : denials).push(taken);
      clock.push(idle);
    }
  }
  return {
    agencies: agencies().length,
    compile,
    permit: { count: permits.length, ...spread(permits) },
    deny: { count: denials.length, ...spread(denials) },
    clock: { count: clock.length, ...spread(clock) },
    linesPerSecond: benchLines(permission),
  };
}

/** Lines of NDJSON decided in a second, without reading and writing them. */
function benchLines(permission: Permission): number {
  const context = { permission, agencies: new Map(), today: () => AT };
  const lines = ['予防接種法による予防接種の実施に関する情報', '住民票関係情報'].map(
    (information) =>
      JSON.stringify({
        list: 'order-r6-9',
        at: AT,
        inquirer: { role: '市町村長' },
        item: '25',
        provider: { role: '市町村長' },
        information,
      }),
  );
  const count = 200_000;
  const taken = timed(() => {
    for (let line = 0; line < count; line++) decideLine(lines[line % 2] ?? '', context);
  });
  return Math.round(count / (taken / 1e9));
}

if (import.meta.main) {
  const { permit, deny, clock, ...rest } = await benchDecide();
  console.log('one decision, µs');
  console.table({ permit, deny, clock });
  console.log(rest);
}
