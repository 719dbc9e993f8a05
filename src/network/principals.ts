import type { Principal } from '../agency/index.ts';
import { base64url } from '../protocol/encoding.ts';
import type { Randomness } from '../service/ports.ts';

/** The ready callers of each node: bearer tokens made at the start, for whoever may read the running file. */
export interface Credentials {
  readonly businessSystem: string;
  readonly addressNumbers: string;
  /** By member of staff. */
  readonly staff: Readonly<Record<string, string>>;
}

const STAFF = ['tanto', 'jocho', 'kansa'] as const;

/** Makes the tokens of one agency, and who each of them stands for. */
export function makeCredentials(randomness: Randomness): {
  credentials: Credentials;
  principals: ReadonlyMap<string, Principal>;
} {
  const principals = new Map<string, Principal>();
  const token = (principal: Principal): string => {
    const text = base64url(randomness.bytes(24));
    principals.set(text, principal);
    return text;
  };
  const credentials = {
    businessSystem: token({ kind: 'business-system', id: 'gyomu' }),
    addressNumbers: token({ kind: 'business-system', id: 'atena' }),
    staff: Object.fromEntries(STAFF.map((id) => [id, token({ kind: 'staff', id })])),
  };
  return { credentials, principals };
}
