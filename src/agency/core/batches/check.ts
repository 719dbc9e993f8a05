import { finding } from '../../../protocol/inquiry-file/problems.ts';
import type { ReadRow, RowAsk, RowFinding } from '../../../protocol/inquiry-file/row.ts';
import { listInForce } from '../../../protocol/permission/in-force.ts';
import { takesIn } from '../business-systems/entitled.ts';
import type { AgencyNode } from '../node.ts';
import type { Principal } from '../principal.ts';
import { currentDirectory } from '../refresh-directory.ts';
import { currentLists } from '../refresh-lists.ts';
import { servesAffair } from '../staff/authority.ts';
import { today } from '../today.ts';

/** The affair of a row that could be read, if it can be told, and what is wrong with the row, if it cannot be asked. */
export type CheckRow = (row: ReadRow) => {
  readonly affair: string | undefined;
  readonly findings: readonly RowFinding[];
};

/**
 * Checks rows against what the node knows: itself, its persons, the directory, its copy of the lists, what the sender
 * may ask for. Whether the law allows an inquiry is not asked here: a denial is a result, and is recorded as one.
 * @throws RenkeiError list_copy_stale, not_authenticated for a business system that was disabled meanwhile
 */
export async function rowCheck(node: AgencyNode, by: Principal): Promise<CheckRow> {
  const { lists } = await currentLists(node);
  await currentDirectory(node, node.code);
  const list = listInForce(lists, today(node));
  const affairOf = ({ affair, item }: RowAsk) =>
    affair ?? (item === undefined ? undefined : list?.rowOf.get(item)?.affair.code);
  const mayAsk = (affair: string | undefined, information: string) =>
    by.kind === 'staff'
      ? servesAffair(by.authority, affair)
      : takesIn(node.systems.enabled(by.id).asks, affair, information);
  return ({ inquirer, ask }) => {
    const findings: RowFinding[] = [];
    const affair = affairOf(ask);
    if (inquirer !== undefined && inquirer !== node.code) {
      findings.push(finding('not_this_agency', '情報照会者機関コード'));
    }
    if (node.store.read.codeOf(ask.integratedAddressNumber) === undefined) {
      findings.push(finding('no_code', '統合宛名番号'));
    }
    if (!node.directory.find(ask.provider)) {
      findings.push(finding('unknown_provider', '情報提供者機関コード'));
    }
    if (ask.item !== undefined && !list?.rowOf.has(ask.item)) {
      findings.push(finding('unknown_item', '項'));
    }
    if (ask.affair !== undefined && !list?.rowsOfAffair.has(ask.affair)) {
      findings.push(finding('unknown_affair', '事務コード'));
    }
    if (!list?.kinds.has(ask.information)) {
      findings.push(finding('unknown_information', '特定個人情報名コード'));
    }
    if (findings.length === 0 && !mayAsk(affair, ask.information)) {
      findings.push(finding('not_allowed', '事務コード'));
    }
    return { affair, findings };
  };
}
