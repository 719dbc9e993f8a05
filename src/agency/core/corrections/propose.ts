import type { CorrectedFacts } from '../../../protocol/corrected-facts.ts';
import { correctable, unknownFacts } from '../../../protocol/correction.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import type { ProvisionRecord } from '../../../protocol/record.ts';
import type { AgencyNode } from '../node.ts';
import type { AgencyReads } from '../ports.ts';
import type { StaffMember } from '../principal.ts';
import { currentLists } from '../refresh-lists.ts';
import { checkAffair, servesAffair } from '../staff/authority.ts';
import { type About, done } from '../staff/operations.ts';
import type { OwnCorrection } from './ports.ts';

/**
 * A member of staff proposes what this agency’s record of an exchange should say (番号法31条). Nothing changes by that.
 * @throws RenkeiError not_found, state_conflict (not answered yet), message_malformed (no such word in the law),
 *   not_authorised
 */
export async function proposeCorrection(
  node: AgencyNode,
  by: StaffMember,
  exchange: string,
  facts: CorrectedFacts,
): Promise<OwnCorrection> {
  const permission = await currentLists(node);
  return await node.store.transact((tx) => {
    const base = ownRecord(tx, exchange);
    checkAffair(by, base.affair);
    const unknown = unknownFacts(permission, base.list, facts);
    if (unknown.length > 0) {
      throw new RenkeiError('message_malformed', {
        ja: `照合リストにない項目です: ${unknown.join('、')}`,
        en: `Not in the permission list: ${unknown.join(', ')}`,
      });
    }
    const correction: OwnCorrection = {
      ...newCorrection(node, base, facts),
      state: 'proposed',
      proposedBy: by.id,
    };
    tx.addCorrection(correction);
    tx.note(done(node, by, 'corrections.propose', aboutCorrection(correction)));
    return correction;
  });
}

/** A member of staff takes up what the person asked for, and proposes it. @throws RenkeiError not_found, state_conflict */
export async function takeUpCorrection(
  node: AgencyNode,
  by: StaffMember,
  id: string,
): Promise<OwnCorrection> {
  return await node.store.transact((tx) => {
    const found = findCorrection(tx, by, id);
    if (found.state !== 'requested') throw new RenkeiError('state_conflict');
    const change = { state: 'proposed', proposedBy: by.id } as const;
    tx.changeCorrection(id, change);
    tx.note(done(node, by, 'corrections.propose', aboutCorrection(found)));
    return { ...found, ...change };
  });
}

/** All of somebody’s affairs, oldest first. That they were looked at is in the operation log. */
export async function listCorrections(
  node: AgencyNode,
  by: StaffMember,
): Promise<readonly OwnCorrection[]> {
  return await node.store.transact((tx) => {
    const listed = tx.corrections().filter(({ affair }) => servesAffair(by.authority, affair));
    tx.note(done(node, by, 'corrections.show', { count: listed.length }));
    return listed;
  });
}

/** What this agency’s record of the end of an exchange is. @throws RenkeiError not_found, state_conflict */
export function ownRecord(
  reads: Pick<AgencyReads, 'recordsOf'>,
  exchange: string,
): ProvisionRecord & { readonly statement: string; inquirer: string; provider: string } {
  const records = reads.recordsOf(exchange);
  if (records.length === 0) throw new RenkeiError('not_found');
  const base = correctable(records);
  const { statement, inquirer, provider } = base ?? {};
  if (!base || statement === undefined || inquirer === undefined || provider === undefined) {
    throw new RenkeiError('state_conflict', {
      ja: 'まだ回答されていない記録は訂正できません',
      en: 'What is not answered yet cannot be corrected',
    });
  }
  return { ...base, statement, inquirer, provider };
}

export function newCorrection(
  node: AgencyNode,
  base: ReturnType<typeof ownRecord>,
  facts: CorrectedFacts,
) {
  const { exchange = '', inquirer, provider, affair, statement } = base;
  const about = { exchange, inquirer, provider, affair, corrects: statement, facts };
  return { id: node.newId(), ...about, createdAt: node.clock.now(), told: false };
}

/** @throws RenkeiError not_found, not_authorised */
export function findCorrection(reads: AgencyReads, by: StaffMember, id: string): OwnCorrection {
  const found = reads.correction(id);
  if (!found) throw new RenkeiError('not_found');
  checkAffair(by, found.affair);
  return found;
}

export const aboutCorrection = ({ id, exchange, affair }: OwnCorrection): About => ({
  subject: id,
  exchange,
  affair,
});
