export interface Bilingual {
  readonly ja: string;
  readonly en: string;
}

/** One thing that is wrong, and where. */
export interface Finding extends Bilingual {
  /** `renkei.yaml:12:3: agencies[0].code` */
  readonly place?: string;
  readonly hint?: Bilingual;
}

export interface FailureDetail {
  readonly findings: readonly [Finding, ...Finding[]];
  /** Exit code, 1 unless told. */
  readonly exit?: number;
}

/** Why a command ends without having done what it was told, in words for people. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly code: string;
  readonly findings: readonly [Finding, ...Finding[]];
  readonly exit: number;

  constructor(code: string, { findings, exit = 1 }: FailureDetail, options?: ErrorOptions) {
    super(`${code}: ${findings[0].en}`, options);
    this.code = code;
    this.findings = findings;
    this.exit = exit;
  }
}

/** Called wrongly: exit 1. */
export const usage = (ja: string, en: string, hint?: Bilingual): CliFailure =>
  new CliFailure('usage', { findings: [{ ja, en, ...(hint && { hint }) }] });
