/** What a step left behind for later ones to refer to. */
export interface Remembered {
  /** Codes of the agencies. */
  readonly inquirer?: string | undefined;
  readonly provider?: string | undefined;
  readonly inquiry?: string | undefined;
  readonly exchange?: string | undefined;
  readonly digest?: string | undefined;
  /** Token of a log-in; answer to a call. */
  readonly session?: string | undefined;
  readonly body?: unknown;
  /** Places of its messages among the tap’s passages. */
  readonly from: number;
  readonly until: number;
}

export type Memory = ReadonlyMap<string, Remembered>;

/** @throws RangeError; a scenario’s references are checked when it is read */
export function remembered(memory: Memory, id: string): Remembered {
  const found = memory.get(id);
  if (!found) throw new RangeError(`no step ${id}`);
  return found;
}
