import { importCopies } from '../../../src/agency/core/copies/imports/import-copies.ts';
import type { CopyImport, ImportOrder } from '../../../src/agency/core/copies/imports/ports.ts';
import type { AgencyStore } from '../../../src/agency/core/ports.ts';
import { filePages } from '../../../src/agency/http/copies/file-pages.ts';
import { openAgencyStore } from '../../../src/agency/store/sqlite-store.ts';
import { OWN_LAYOUTS, readLayouts } from '../../../src/network/layouts/read-folder.ts';
import { LAYOUTS } from '../../../src/network/world/layouts.ts';
import type { Layouts } from '../../../src/protocol/layouts/compile.ts';
import type { Encoding } from '../../../src/protocol/node-api/files.ts';
import { informationCode } from '../../../src/protocol/permission/codes.ts';
import { manualClock } from '../../../src/service/clock.ts';
import { makeIds } from '../../../src/service/ids.ts';
import { systemRandomness } from '../../../src/service/randomness.ts';

export const TAX = informationCode('地方税関係情報');
export const HEADER = `統合宛名番号,${LAYOUTS.localTax.items.join(',')}`;
export const person = (number: number): string => String(number).padStart(15, '0');
/** A right row of the tax file. */
export const tax = (number: number, year: number, income = 100): string =>
  `${person(number)},${year},${income},${income},10,4000,0`;
export const file = (...lines: readonly string[]): string => [HEADER, ...lines, ''].join('\r\n');

const newId = makeIds(systemRandomness);
const shipped = await readLayouts(OWN_LAYOUTS);
const BY = {
  kind: 'staff',
  id: 'tanto',
  authority: { roles: ['officer'], department: 'soumu', affairs: 'all' },
} as const;

/** As much of a node as takes files. */
export function keeperOn(
  path = ':memory:',
  wrap: (store: AgencyStore) => AgencyStore = (it) => it,
  layouts: Layouts = shipped,
) {
  const open = openAgencyStore({ path });
  const background: Promise<void>[] = [];
  const node = {
    store: wrap(open),
    clock: manualClock('2026-11-22T09:00:00+09:00'),
    layouts,
    importing: new Set<string>(),
    background: (task: Promise<void>) => void background.push(task),
  };
  return {
    node,
    read: node.store.read,
    async take(
      content: string | Uint8Array | AsyncIterable<Uint8Array>,
      order: Partial<ImportOrder> & { readonly piece?: number } = {},
    ): Promise<CopyImport> {
      const { piece = 65_536, encoding = 'utf-8', ...rest } = order;
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const pieces = bytes instanceof Uint8Array ? cut(bytes, piece) : bytes;
      return await importCopies(
        node,
        BY,
        {
          id: newId(),
          mode: 'replace',
          information: TAX,
          layoutVersion: 'X-1',
          encoding,
          partial: false,
          ...rest,
        },
        filePages(pieces, encoding as Encoding),
      );
    },
    settled: () => Promise.all(background),
    close: () => open.commits.close(),
  };
}

async function* cut(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
