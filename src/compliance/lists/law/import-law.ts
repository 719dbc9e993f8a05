import { affairCode, informationCode } from '../../../protocol/permission/codes.ts';
import type { PermissionItem, PermissionList } from '../../../protocol/permission/schema.ts';
import { affairOf } from './affair.ts';
import { chooseTable, type TableChoice } from './choose-table.ts';
import { type Entry, entriesOf } from './entries.ts';
import { informationOf } from './information.ts';
import { LAW_LIMITS } from './limits.ts';
import { withArabicNumbers } from './numbers.ts';
import type { Law } from './read-law.ts';
import { type CellDoubt, type Column, DONE, type Doubt } from './report.ts';
import { rolesOf } from './roles.ts';

/** What the file doesn't say, or what is to be said instead of it. */
export interface ImportOptions {
  readonly id: string;
  readonly from: string;
  readonly until?: string;
  readonly table: TableChoice;
  readonly title?: string;
  readonly lawNumber?: string;
  /** Day or month whose text it is; default: `from`. */
  readonly textAsOf?: string;
}

/** A list made from a law, and what a person should look at before using it. */
export interface Imported {
  readonly list: PermissionList;
  readonly deleted: readonly string[];
  readonly doubts: readonly Doubt[];
}

const CUT =
  'Imported from 法令標準XML: law numbers, definitions and closing words taken out, limits in brackets kept.';

/** Makes a permission list of a law's table. Throws LawRefused. The list isn't validated yet. */
export function importLaw(law: Law, options: ImportOptions): Imported {
  const table = chooseTable(law.tables, options.table, LAW_LIMITS.cells);
  const { entries, deleted, doubts } = entriesOf(table);
  const all: Doubt[] = [...doubts];
  const items = entries.map((entry) => itemOf(entry, all));
  const title = options.title ?? `${law.title} ${table.name}`.trim();
  return {
    list: {
      id: options.id,
      title,
      lawNumber: options.lawNumber ?? withArabicNumbers(law.number),
      inForce: {
        from: options.from,
        ...(options.until !== undefined && { until: options.until }),
      },
      source: { text: `${title}. ${CUT}`, textAsOf: options.textAsOf ?? options.from },
      items,
    },
    deleted,
    doubts: all,
  };
}

function itemOf(entry: Entry, doubts: Doubt[]): PermissionItem {
  const { item } = entry;
  const note = (column: Column, found: readonly CellDoubt[]) => {
    doubts.push(...found.map((one) => ({ item, column, ...one, done: DONE[one.code] })));
  };
  const inquirers = rolesOf(entry.inquirer);
  note('inquirer', inquirers.doubts);
  const affair = affairOf(entry.affair);
  note('affair', affair.doubts);
  const provisions = entry.provisions.map(({ provider, information }) => {
    const providers = rolesOf(provider);
    note('provider', providers.doubts);
    const kinds = informationOf(information);
    note('information', kinds.doubts);
    if (kinds.articles.some((article) => article !== affair.article)) {
      note('information', [{ code: 'another_article', text: information }]);
    }
    return {
      providers: [...providers.names],
      information: kinds.names.map((name) => ({ code: informationCode(name), name })),
    };
  });
  return {
    item,
    ...(affair.article !== undefined && { article: affair.article }),
    inquirers: [...inquirers.names],
    affair: { code: affairCode(affair.name), name: affair.name },
    provisions,
  };
}
