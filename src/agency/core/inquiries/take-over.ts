import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { Inquiry } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import { done, type OperationName } from '../staff/operations.ts';
import { shownTo } from './show.ts';

/**
 * A member of staff has registered a result in the business system by hand.
 * @throws RenkeiError not_found, state_conflict: there is no result (any more), or it was taken over already
 */
export const takeOver = (node: AgencyNode, by: StaffMember, id: string): Promise<Inquiry> =>
  step(node, by, id, 'inquiries.take-over', (inquiry) => {
    if (inquiry.takenOverBy !== undefined) throw new RenkeiError('state_conflict');
    return { takenOverBy: by.id, takenOverAt: node.clock.now() };
  });

/**
 * Another one has checked what was registered against the result.
 * @throws RenkeiError not_found, approval_required (nobody has taken it over), approval_by_same_person, state_conflict
 */
export const confirm = (node: AgencyNode, by: StaffMember, id: string): Promise<Inquiry> =>
  step(node, by, id, 'inquiries.confirm', ({ takenOverBy, confirmedBy }) => {
    if (takenOverBy === undefined) {
      throw new RenkeiError('approval_required', {
        ja: '業務システムへの登録がまだ記録されていません',
        en: 'Nobody has said yet that it was registered',
      });
    }
    if (confirmedBy !== undefined) throw new RenkeiError('state_conflict');
    if (takenOverBy === by.id) {
      throw new RenkeiError('approval_by_same_person', {
        ja: '登録した職員と確認する職員は別でなければなりません',
        en: 'Who registered it and who confirms it must differ',
      });
    }
    return { confirmedBy: by.id, confirmedAt: node.clock.now() };
  });

async function step(
  node: AgencyNode,
  by: StaffMember,
  id: string,
  operation: OperationName,
  judge: (inquiry: Inquiry) => Partial<Inquiry>,
): Promise<Inquiry> {
  const found = node.store.read.inquiry(id);
  const shown = found && (await shownTo(node, by, found));
  if (!shown?.withResult) throw new RenkeiError('not_found');
  return await node.store.transact((tx) => {
    const inquiry = tx.inquiry(id);
    if (!inquiry?.result) {
      throw new RenkeiError('state_conflict', {
        ja: '結果がありません（まだ届いていないか、保存期間が過ぎています）',
        en: 'There is no result: not yet, or no longer',
      });
    }
    const change = { state: inquiry.state, ...judge(inquiry) };
    tx.changeInquiry(id, change);
    const { integratedAddressNumber: person, information, exchange } = inquiry;
    const affair = inquiry.subject?.affair;
    tx.note(done(node, by, operation, { person, affair, information, exchange }));
    return { ...inquiry, ...change };
  });
}
