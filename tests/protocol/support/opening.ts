import { type ErrorCode, RenkeiError } from '../../../src/protocol/errors.ts';
import {
  type CommonClaims,
  type Expectation,
  type MessageKind,
  type Opened,
  openMessage,
} from '../../../src/protocol/message.ts';
import { keyOf } from './parties.ts';

/** What the receiver of these claims expects. */
export const expecting = (claims: CommonClaims, more: Partial<Expectation> = {}): Expectation => ({
  audience: [claims.aud].flat()[0] ?? '',
  issuer: claims.iss,
  keyOf,
  ...more,
});

/** Opens a token as the receiver of these claims would. */
export const opening = (
  kind: MessageKind<CommonClaims>,
  token: string,
  claims: CommonClaims,
  more: Partial<Expectation> = {},
): Promise<Opened<CommonClaims>> => openMessage(kind, token, expecting(claims, more));

/** The code that something is refused with, or `accepted`. Any other error than a RenkeiError is a failure. */
export async function refusal(work: Promise<unknown>): Promise<ErrorCode | 'accepted'> {
  try {
    await work;
    return 'accepted';
  } catch (error) {
    if (error instanceof RenkeiError) return error.code;
    throw error;
  }
}

/** The RenkeiError that something throws. */
export function thrown(work: () => unknown): RenkeiError {
  try {
    work();
  } catch (error) {
    if (error instanceof RenkeiError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown');
}
