/**
 * `renkei/client`: the HTTP API of an agency’s node, typed, for business systems and staff tools. It needs `fetch` and
 * WebCrypto, nothing of Node’s own. examples/client shows it in use.
 */
export type { ErrorCode } from '../protocol/errors.ts';
export type { Finding } from '../protocol/file-report.ts';
export type { BatchResult, BatchView } from '../protocol/node-api/batches.ts';
export type { SystemView } from '../protocol/node-api/business-systems.ts';
export type { CopyView, VersionView } from '../protocol/node-api/copies.ts';
export type { CorrectionView } from '../protocol/node-api/corrections.ts';
export type { DraftRequest, DraftView, ShownDraftView } from '../protocol/node-api/drafts.ts';
export type { ImportReport, ImportView } from '../protocol/node-api/imports.ts';
export type { DenialDetails, InquiryRequest, InquiryView } from '../protocol/node-api/inquiries.ts';
export type { KeyView } from '../protocol/node-api/keys.ts';
export type { LendingView, MediumView } from '../protocol/node-api/media.ts';
export type { Anomalies, AnomalyView, OperationView } from '../protocol/node-api/operation-log.ts';
export type { DifferenceView, ReconciliationView } from '../protocol/node-api/reconciliations.ts';
export type { HoldView, PruningView } from '../protocol/node-api/retention.ts';
export type { ReviewContent, ReviewView } from '../protocol/node-api/reviews.ts';
export type { SessionView } from '../protocol/node-api/sessions.ts';
export type { DepartmentView, IssuedView, UserView } from '../protocol/node-api/staff.ts';
export type { StatusView } from '../protocol/node-api/status.ts';
export type { AccessView, GrantsView, GrantView } from '../protocol/persons-api/authority.ts';
export type { ChangeView } from '../protocol/persons-api/changes.ts';
export type { ConfirmationView, PersonView } from '../protocol/persons-api/persons.ts';
export type { ProvisionRecord } from '../protocol/record.ts';
export {
  type AddressNumbersClient,
  type AddressNumbersOptions,
  addressNumbers,
} from './address-numbers-client.ts';
export {
  type BusinessSystemClient,
  type BusinessSystemOptions,
  businessSystem,
} from './business-system-client.ts';
export type { FileSource, NodeFile } from './call/file.ts';
export type { PrivateJwk } from './log-in/private-key.ts';
export { type CallFailure, NodeError, type NodeErrorCode } from './node-error.ts';
export type { CallOptions, Fetch, NodeOptions, WatchOptions } from './options.ts';
export { type PublicClient, publicNode } from './public-client.ts';
export { type StaffClient, type StaffOptions, staff } from './staff-client.ts';
