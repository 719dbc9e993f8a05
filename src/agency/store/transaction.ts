import type { DatabaseSync } from 'node:sqlite';
import type { RecordLog } from '../../service/sqlite/record-log.ts';
import { statements } from '../../service/sqlite/statements.ts';
import type { AgencyTx } from '../core/ports.ts';
import { approvalCounts } from './approval-counts.ts';
import { batchTables } from './batch-tables.ts';
import { businessSystemTables } from './business-system-tables.ts';
import { copyTable } from './copy-table.ts';
import { correctionTable } from './correction-table.ts';
import { draftTable } from './draft-table.ts';
import { followingMerges } from './following-merges.ts';
import { importTables } from './import-tables.ts';
import { inquiryTable } from './inquiry-table.ts';
import { keyTable } from './key-table.ts';
import { ledgerTables } from './ledger-tables.ts';
import { mediumTables } from './medium-tables.ts';
import { operationTable } from './operation-table.ts';
import { pastTables } from './past-tables.ts';
import { personChangeTables } from './person-changes.ts';
import { personTables } from './person-tables.ts';
import { provisionTables } from './provision-tables.ts';
import { reconciliationTables } from './reconciliation-tables.ts';
import { reviewTable } from './review-table.ts';
import { sessionTable } from './session-table.ts';
import { staffTables } from './staff-tables.ts';

/** An agency’s reads and writes over one connection. Writes throw outside a transaction. */
export function agencyTx(db: DatabaseSync, log: RecordLog): AgencyTx {
  const sql = statements(db);
  const { sweepClaimed, ...ledger } = ledgerTables(sql, log);
  const { sweepSealed, ...provisions } = provisionTables(sql);
  const { sweepAcquisitions, ...persons } = personTables(sql);
  const { sweepDrafts, ...drafts } = draftTable(sql);
  const { sweepTokens, ...businessSystems } = businessSystemTables(sql);
  return followingMerges({
    ...ledger,
    ...drafts,
    ...inquiryTable(sql),
    ...provisions,
    ...persons,
    ...businessSystems,
    ...copyTable(sql),
    ...reconciliationTables(sql),
    ...reviewTable(sql),
    ...approvalCounts(sql),
    ...correctionTable(sql),
    ...batchTables(sql),
    ...importTables(sql),
    ...keyTable(sql),
    ...mediumTables(sql),
    ...operationTable(sql),
    ...staffTables(sql),
    ...sessionTable(sql),
    ...personChangeTables(sql),
    ...pastTables(sql),
    sweep(now) {
      sweepClaimed(now);
      sweepAcquisitions(now);
      sweepTokens(now);
      sweepSealed(now);
      sweepDrafts(now);
    },
  });
}
