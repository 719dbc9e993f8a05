/** An impact assessment (特定個人情報保護評価書) of one of an agency’s files (番号法28条). Dates are Japanese days. */
export interface Assessment {
  readonly number: number | string;
  readonly title: string;
  readonly from: string;
  /** The day from which it no longer counts. */
  readonly ended?: string | undefined;
  /** A breach of Article 28 was found. */
  readonly breach?: boolean | undefined;
  readonly covers:
    | 'all'
    | { readonly affairs: readonly string[]; readonly information: readonly string[] };
}

/**
 * Whether the file that an agency uses for an affair (as inquirer) or holds information in (as provider) has an
 * assessment in order on that day. Without one, no permit may be issued (番号法21条2項).
 */
export function assessed(
  agency: { readonly assessments: readonly Assessment[] },
  use: { readonly affair: string } | { readonly information: string },
  day: string,
): boolean {
  return agency.assessments.some(
    (assessment) =>
      !assessment.breach &&
      assessment.from <= day &&
      (assessment.ended === undefined || day < assessment.ended) &&
      covers(assessment, use),
  );
}

function covers(
  { covers: scope }: Assessment,
  use: { readonly affair: string } | { readonly information: string },
): boolean {
  if (scope === 'all') return true;
  return 'affair' in use
    ? scope.affairs.includes(use.affair)
    : scope.information.includes(use.information);
}
