import { RenkeiError } from '../../protocol/errors.ts';
import { CliFailure } from '../output/cli-failure.ts';

/** What the form check found, each with its place. */
export function withFindings(error: unknown): never {
  if (!(error instanceof RenkeiError)) throw error;
  const { findings } = error.detail.extensions ?? {};
  if (!Array.isArray(findings)) throw error;
  const [first, ...others] = findings.map(({ record, item, ja, en }) => ({
    place: `${Number(record) + 1}行目 row ${Number(record) + 1}${item === undefined ? '' : `: ${item}`}`,
    ja: String(ja),
    en: String(en),
  }));
  if (!first) throw error;
  throw new CliFailure(error.code, { findings: [first, ...others] }, { cause: error });
}
