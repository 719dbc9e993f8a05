/**
 * `renkei/testing`: what your own tests import, in vitest, jest or node:test. `renkei/testing/vitest` and
 * `renkei/testing/jest` add the matchers to `expect`. examples/ shows each in use.
 */
export { KINDS as INFORMATION } from '../network/world/layouts.ts';
export { type ErrorCode, RenkeiError } from '../protocol/errors.ts';
export type { KeyView } from '../protocol/node-api/keys.ts';
export { affairCode, informationCode } from '../protocol/permission/codes.ts';
export { matchers, type RenkeiMatchers } from './matchers/matchers.ts';
export {
  type GatewayHandlersOptions,
  gatewayHandlers,
  type NodeUnderDevelopment,
} from './msw/gateway-handlers.ts';
export { type GatewayKit, UnexpectedCalls } from './msw/gateway-kit.ts';
export type { PrivateKey } from './msw/node-key.ts';
export type { SeenRequest } from './msw/seen.ts';
export type { AgencyClient, Question } from './network/client.ts';
export type { TestClock } from './network/clock.ts';
export type { Duration } from './network/duration.ts';
export { DEFAULT_AT, type TestNetworkOptions } from './network/options.ts';
export type {
  Deleted,
  Denied,
  InquiryOutcome,
  NoRecord,
  Open,
  Pending,
  Provided,
  Refused,
} from './network/outcome.ts';
export type { TestResident } from './network/resident.ts';
export type { Story } from './network/residents.ts';
export { startNetwork } from './network/start-network.ts';
export type { TestNetwork } from './network/test-network.ts';
