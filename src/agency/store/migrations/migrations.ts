import type { Migration } from '../../../service/sqlite/migrate.ts';
import { batches } from './batches.ts';
import { businessSystems } from './business-systems.ts';
import { copyDrafts } from './copy-drafts.ts';
import { copyImports } from './copy-imports.ts';
import { copyReconciliations } from './copy-reconciliations.ts';
import { copyVersions } from './copy-versions.ts';
import { corrections } from './corrections.ts';
import { exchange } from './exchange.ts';
import { media } from './media.ts';
import { operations } from './operations.ts';
import { personChanges } from './person-changes.ts';
import { recordLog } from './record-log.ts';
import { retention } from './retention.ts';
import { reviews } from './reviews.ts';
import { sealedInquiries } from './sealed-inquiries.ts';
import { signingKeys } from './signing-keys.ts';
import { staff } from './staff.ts';
import type { Step } from './step.ts';
import { terminalInquiries } from './terminal-inquiries.ts';

/**
 * In the order in which they came to be: new ones go to the end. Times ending in `_at` are as in the core’s
 * ports; `_until` are milliseconds since the epoch.
 */
const STEPS: readonly Step[] = [
  exchange,
  operations,
  copyVersions,
  sealedInquiries,
  copyDrafts,
  businessSystems,
  reviews,
  staff,
  batches,
  copyImports,
  personChanges,
  recordLog,
  signingKeys,
  copyReconciliations,
  terminalInquiries,
  retention,
  corrections,
  media,
];

export const migrations: readonly Migration[] = STEPS.map((step, index) => ({
  version: index + 1,
  ...step,
}));
