import type { DatabaseSync } from 'node:sqlite';
import { statements } from '../../service/sqlite/statements.ts';
import type { AgencyTx } from '../core/ports.ts';
import { inquiryTable } from './inquiry-table.ts';
import { ledgerTables } from './ledger-tables.ts';
import { personTables } from './person-tables.ts';
import { provisionTables } from './provision-tables.ts';

/** An agency’s reads and writes over one connection. Writes throw outside a transaction. */
export function agencyTx(db: DatabaseSync): AgencyTx {
  const sql = statements(db);
  const { sweepClaimed, ...ledger } = ledgerTables(sql);
  const { sweepResults, lapseInquiries, ...inquiries } = inquiryTable(sql);
  const { sweepSealed, ...provisions } = provisionTables(sql);
  const { sweepAcquisitions, ...persons } = personTables(sql);
  return {
    ...ledger,
    ...inquiries,
    ...provisions,
    ...persons,
    sweep(now, lapse) {
      sweepClaimed(now);
      sweepAcquisitions(now);
      sweepResults(now);
      lapseInquiries(lapse);
      sweepSealed(now);
    },
  };
}
