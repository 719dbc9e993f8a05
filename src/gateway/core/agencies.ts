import { RenkeiError } from '../../protocol/errors.ts';
import { REGISTRY } from '../../protocol/identifiers.ts';
import { type PublicKey, type Verifier, verifierOf } from '../../protocol/keys.ts';
import type { DirectoryKey } from '../../protocol/messages/directory.ts';
import type { Permission } from '../../protocol/permission/compile.ts';
import { type Holder, holderOf } from '../../protocol/permission/roles.ts';
import type { Assessment } from './assessment.ts';

/** A party as it is registered with the gateway. */
export interface Registration {
  readonly code: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly suspended: boolean;
  readonly keys: readonly DirectoryKey[];
  readonly assessments: readonly Assessment[];
}

export interface Agency extends Registration {
  readonly holder: Holder;
}

/** What may change of a registration while the gateway runs. */
export type RegistrationChange = Partial<Pick<Registration, 'suspended' | 'assessments'>>;

/** The agencies that take part, with their keys ready to verify. */
export class AgencyBook {
  readonly #agencies: Map<string, Agency>;
  readonly #registered: ReadonlyMap<string, Registration>;
  /** By public key, whoever has it. */
  readonly #verifiers: Map<string, Verifier>;

  private constructor(agencies: Map<string, Agency>, verifiers: Map<string, Verifier>) {
    this.#agencies = agencies;
    this.#registered = new Map(agencies);
    this.#verifiers = verifiers;
  }

  static async of(registrations: readonly Registration[], permission: Permission) {
    const agencies = new Map<string, Agency>();
    const verifiers = new Map<string, Verifier>();
    for (const registration of registrations) {
      const holder = holderOf(permission, registration.roles);
      agencies.set(registration.code, { ...registration, holder });
      for (const key of registration.keys) verifiers.set(key.x, await verifierOf(key));
    }
    return new AgencyBook(agencies, verifiers);
  }

  find(code: string): Agency | undefined {
    return this.#agencies.get(code);
  }

  all(): readonly Agency[] {
    return [...this.#agencies.values()];
  }

  /** As the book was made, whatever has changed since. @throws RangeError for an agency that is not registered */
  registered(code: string): Registration {
    const registration = this.#registered.get(code);
    if (!registration) throw new RangeError(`no agency ${code}`);
    return registration;
  }

  /** @throws RangeError for an agency that is not registered */
  change(code: string, change: RegistrationChange): void {
    const agency = this.#agencies.get(code);
    if (!agency) throw new RangeError(`no agency ${code}`);
    this.#agencies.set(code, { ...agency, ...change });
  }

  /** Sees all agencies by other lists from now on. */
  judgeBy(permission: Permission): void {
    for (const [code, agency] of this.#agencies) {
      this.#agencies.set(code, { ...agency, holder: holderOf(permission, agency.roles) });
    }
  }

  /** Makes a key ready to verify with, whoever may be given it. */
  async prepare(key: DirectoryKey): Promise<void> {
    if (!this.#verifiers.has(key.x)) this.#verifiers.set(key.x, await verifierOf(key));
  }

  /** Takes the keys of an agency’s node, all of them prepared. @throws RangeError for an agency not registered */
  takeNodeKeys(code: string, keys: readonly DirectoryKey[]): void {
    const agency = this.#agencies.get(code);
    if (!agency) throw new RangeError(`no agency ${code}`);
    const others = agency.keys.filter(({ use }) => use !== 'node');
    this.#agencies.set(code, { ...agency, keys: [...keys, ...others] });
  }

  /**
   * The key for a message of that time (`iat`): one that has retired counts for what was signed before.
   * @throws RenkeiError agency_unknown, agency_suspended, signature_invalid
   */
  verifier(code: string, kid: string, iat: number): Verifier {
    const agency = this.#agencies.get(code);
    if (!agency) throw new RenkeiError('agency_unknown', unknownHint(code));
    if (agency.suspended) throw new RenkeiError('agency_suspended');
    const key = agency.keys.find((each) => each.kid === kid && SIGNS_TO_THE_GATEWAY.has(each.use));
    const verifier = key && this.#verifiers.get(key.x);
    if (!verifier) {
      throw new RenkeiError('signature_invalid', {
        ja: 'この機関の鍵ではありません',
        en: 'Not a key of this agency',
      });
    }
    if (key.retiresAt !== undefined && iat >= key.retiresAt) {
      throw new RenkeiError('signature_invalid', {
        ja: 'この鍵は使用を終えています',
        en: 'This key has retired',
      });
    }
    return verifier;
  }
}

/** An address-number system speaks to the registry only; a log’s keys sign no messages. */
const SIGNS_TO_THE_GATEWAY: ReadonlySet<PublicKey['use']> = new Set([
  'gateway',
  'registry',
  'node',
]);

const unknownHint = (code: string) => ({
  hint: {
    ja:
      code === REGISTRY
        ? '住民基本台帳の鍵を登録してください'
        : `機関 ${code} を設定に加えてください`,
    en:
      code === REGISTRY ? 'Register the registry’s key' : `Add agency ${code} to the configuration`,
  },
});
