import { COVERAGE_KINDS, type Coverage, type CoverageKind } from './coverage.ts';

export type MinCoverage = Partial<Readonly<Record<CoverageKind, number>>>;

const isKind = (text: string): text is CoverageKind => COVERAGE_KINDS.some((kind) => kind === text);

/**
 * `90`: every kind; `provisions=100,codes=80`: those kinds.
 * @returns undefined for anything else
 */
export function parseMinCoverage(text: string): MinCoverage | undefined {
  const wanted: Partial<Record<CoverageKind, number>> = {};
  for (const part of text.split(',')) {
    const [, kind, percent = ''] = /^(?:([a-z]+)=)?(\d{1,3}(?:\.\d)?)%?$/.exec(part.trim()) ?? [];
    const value = Number(percent);
    if (percent === '' || value > 100) return undefined;
    if (kind === undefined) for (const each of COVERAGE_KINDS) wanted[each] = value;
    else if (isKind(kind)) wanted[kind] = value;
    else return undefined;
  }
  return wanted;
}

/** The kinds that are not reached as far as they must be. */
export const tooLittle = (
  coverage: Coverage,
  wanted: MinCoverage,
): { readonly kind: CoverageKind; readonly percent: number; readonly wanted: number }[] =>
  COVERAGE_KINDS.flatMap((kind) => {
    const least = wanted[kind];
    const { percent } = coverage[kind];
    return least === undefined || percent >= least ? [] : [{ kind, percent, wanted: least }];
  });
