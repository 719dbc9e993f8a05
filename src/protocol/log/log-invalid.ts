/**
 * What can be wrong with a log, a proof or what was signed about it, with words for people. The kinds
 * are stable: tools compare them.
 */
export const LOG_FAULTS = {
  inclusion: ['記録が含まれることの証明が成り立ちません', 'The inclusion proof does not hold'],
  consistency: ['追記のみであることの証明が成り立ちません', 'The consistency proof does not hold'],
  note: ['署名付きノートの形式が正しくありません', 'Not a signed note'],
  checkpoint: ['チェックポイントの形式が正しくありません', 'Not a checkpoint'],
  key: ['検証鍵の形式が正しくありません', 'Not a verifier key'],
  signature: ['署名を確認できません', 'The signature cannot be accepted'],
  tile: ['タイルの形式が正しくありません', 'Not a tile'],
  record: ['記録が改変されています', 'The record was altered'],
  order: ['記録の順序が正しくありません', 'Out of order'],
  root: ['記録とチェックポイントが一致しません', 'The records do not match the checkpoint'],
  fork: ['同じ大きさで異なるログが署名されています', 'The log was signed in two versions'],
  rollback: ['ログが以前より短くなっています', 'The log is shorter than it was'],
  truncated: ['記録が途中で終わっています', 'Records are missing at the end'],
  pruning: [
    '内容を消したという記録がないのに、内容がありません',
    'Content is gone, and no pruning tells of it',
  ],
  pruned: [
    '保存期間が過ぎ、ハッシュだけが残っています',
    'Its time was over: its hash is all that is left',
  ],
  early: ['保存期間が過ぎる前に内容が消えています', 'Content is gone before its time was over'],
  missing: ['ログのハッシュが欠けています', 'A hash of the log is missing'],
} as const satisfies Record<string, readonly [ja: string, en: string]>;

export type LogFault = keyof typeof LOG_FAULTS;

/** Where the fault lies. Positions in a log and names of logs only, never what a record says. */
export interface FaultPlace {
  /** The first leaf that is wrong. */
  readonly index?: number;
  /** When no single leaf can be named: the leaves from `from` up to, not including, `to`. */
  readonly from?: number;
  readonly to?: number;
  /** Whose log or key. */
  readonly name?: string;
}

/** A log, a proof or a signature about it can't be believed. */
export class LogInvalid extends Error {
  override readonly name = 'LogInvalid';
  readonly kind: LogFault;
  readonly place: FaultPlace;
  readonly ja: string;
  readonly en: string;

  constructor(kind: LogFault, place: FaultPlace = {}, options?: ErrorOptions) {
    const [ja, en] = LOG_FAULTS[kind];
    const where = Object.entries(place).map(([key, value]) => ` ${key}=${value}`);
    super(`${kind}: ${en}${where.join('')}`, options);
    this.kind = kind;
    this.place = place;
    this.ja = ja;
    this.en = en;
  }
}
