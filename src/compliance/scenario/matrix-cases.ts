import type { Matrix, MatrixVerdict } from './matrix-schema.ts';

/** One case of a matrix. */
export interface MatrixCase {
  readonly inquirer: string;
  readonly provider: string;
  readonly item: string;
  readonly information: string;
  readonly expected: MatrixVerdict;
  /** Place of the rule among `expected`; undefined when the default speaks. */
  readonly rule: number | undefined;
}

const AXES = ['inquirer', 'provider', 'item', 'information'] as const;
type Axis = (typeof AXES)[number];

const valuesOf = (matrix: Matrix): Readonly<Record<Axis, readonly string[]>> => ({
  inquirer: matrix.inquirers,
  provider: matrix.providers,
  item: matrix.items,
  information: matrix.information,
});

/** How many cases a matrix has. */
export const sizeOf = ({ inquirers, providers, items, information }: Matrix): number =>
  inquirers.length * providers.length * items.length * information.length;

/** Which rule speaks of each case: the matrix’s cells in order, −1 for the default. */
function rulesByCell(matrix: Matrix): { cells: Int32Array; clash: { at: number; with: number }[] } {
  const axes = valuesOf(matrix);
  const cells = new Int32Array(sizeOf(matrix)).fill(-1);
  const clash: { at: number; with: number }[] = [];
  for (const [at, rule] of matrix.expected.entries()) {
    const places = AXES.map((axis) => {
      const named = rule[axis];
      return axes[axis].flatMap((value, place) => (!named || named.includes(value) ? [place] : []));
    });
    const [inquirers = [], providers = [], items = [], information = []] = places;
    for (const i of inquirers)
      for (const p of providers)
        for (const t of items)
          for (const n of information) {
            const cell =
              ((i * matrix.providers.length + p) * matrix.items.length + t) *
                matrix.information.length +
              n;
            const other = cells[cell] ?? -1;
            if (other >= 0 && !clash.some((one) => one.at === at)) clash.push({ at, with: other });
            cells[cell] = at;
          }
  }
  return { cells, clash };
}

/** Every case of a matrix with what is expected of it. */
export function* casesOf(matrix: Matrix): Generator<MatrixCase> {
  const { cells } = rulesByCell(matrix);
  let cell = 0;
  for (const inquirer of matrix.inquirers)
    for (const provider of matrix.providers)
      for (const item of matrix.items)
        for (const information of matrix.information) {
          const rule = cells[cell++] ?? -1;
          const expected = matrix.expected[rule] ?? matrix.default;
          yield {
            inquirer,
            provider,
            item,
            information,
            expected,
            rule: rule < 0 ? undefined : rule,
          };
        }
}

/** Rules that speak of the same case as an earlier one, of none at all, or of a value that the matrix has not. */
export function overlapsOf(matrix: Matrix): { at: number; ja: string; en: string }[] {
  const axes = valuesOf(matrix);
  const found = matrix.expected.flatMap((rule, at) =>
    AXES.flatMap((axis) =>
      (rule[axis] ?? [])
        .filter((value) => !axes[axis].includes(value))
        .map((value) => ({
          at,
          ja: `${value} はこの行列の ${axis} にありません`,
          en: `${value} is none of this matrix’s ${axis} values`,
        })),
    ),
  );
  const { clash } = rulesByCell(matrix);
  return [
    ...found,
    ...clash.map(({ at, with: other }) => ({
      at,
      ja: `expected[${other}] と同じ場合に及びます`,
      en: `speaks of the same case as expected[${other}]`,
    })),
  ];
}
