import type { PermissionLists } from '../service/permission-lists/read-folder.ts';
import type { AssessmentConfig } from './config/schema.ts';
import type { Network } from './network.ts';

/** What may be said anew of an impact assessment (特定個人情報保護評価書). */
export type AssessmentChange = Partial<Pick<AssessmentConfig, 'from' | 'ended' | 'breach'>>;

/**
 * The operator of the whole, who changes the network while it runs: as those in charge of the real one do by
 * decree, not by message. Every change is recorded by the gateway.
 */
export class Operator {
  readonly #network: Network;
  readonly #assessments: Map<string, readonly AssessmentConfig[]>;

  constructor(network: Network) {
    this.#network = network;
    this.#assessments = new Map(
      network.config.agencies.map(({ code, assessments }) => [code, assessments]),
    );
  }

  /** Suspends an agency, or lets it take part again. @throws RangeError */
  suspend(agency: string, suspended = true): Promise<void> {
    return this.#network.gateway.changeRegistration(agency, { suspended });
  }

  /** Changes one of an agency’s assessments, by its number (番号法28条). @throws RangeError if it has no such one */
  async changeAssessment(agency: string, number: number, change: AssessmentChange): Promise<void> {
    const before = this.#assessments.get(agency) ?? [];
    if (!before.some((assessment) => assessment.number === number)) {
      throw new RangeError(`agency ${agency} has no assessment ${number}`);
    }
    const assessments = before.map((assessment) =>
      assessment.number === number ? { ...assessment, ...change } : assessment,
    );
    await this.#network.gateway.changeRegistration(agency, { assessments });
    this.#assessments.set(agency, assessments);
  }

  /** Has the gateway go by other lists; nodes follow when they refresh their copies. @returns the new version */
  switchLists(law: PermissionLists): Promise<number> {
    return this.#network.gateway.switchLists(law);
  }
}
