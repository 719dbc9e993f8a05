import { z } from 'zod';
import { copies, type VersionView } from '../../../protocol/node-api/copies.ts';
import { imports } from '../../../protocol/node-api/imports.ts';
import { operationLog } from '../../../protocol/node-api/operation-log.ts';
import { reconciliations } from '../../../protocol/node-api/reconciliations.ts';
import { reviews } from '../../../protocol/node-api/reviews.ts';
import { sessions } from '../../../protocol/node-api/sessions.ts';
import { staff } from '../../../protocol/node-api/staff.ts';

// What a node answers, by the shapes that the node itself answers by.

export const Session = sessions.logIn.responses[201];

export const Reviews = reviews.list.responses[200];
export const ReviewContent = reviews.show.responses[200];
export type ReviewContent = z.infer<typeof ReviewContent>;

export type Version = VersionView;
export const Copies = copies.list.responses[200];
export const CopyShown = copies.show.responses[200];

export const Imports = imports.list.responses[200];
export const ImportReport = imports.send.responses[201];
export type ImportReport = z.infer<typeof ImportReport>;

export const Reconciliation = reconciliations.show.responses[200];
export type Reconciliation = z.infer<typeof Reconciliation>;
export const Reconciliations = reconciliations.list.responses[200];
export const Differences = reconciliations.differences.responses[200];
export type Differences = z.infer<typeof Differences>;

export const Users = staff.list.responses[200];
export const Operations = operationLog.list.responses[200];
export const Anomalies = operationLog.anomalies.responses[200];

/** An answer that no page looks into. */
export const Anything = z.looseObject({});
