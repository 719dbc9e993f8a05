/** Why a list or the role table can't be used, for people. */
export interface Reason {
  readonly ja: string;
  readonly en: string;
}

/** A permission list or role table that must not be decided by: which file, which item, and why. */
export class PermissionListInvalid extends Error {
  override readonly name = 'PermissionListInvalid';
  readonly file: string;
  /** Number of the item, or "#3" for the third one when it has none; undefined when it's the whole file. */
  readonly item: string | undefined;
  readonly reason: Reason;

  constructor(file: string, item: string | undefined, reason: Reason, options?: ErrorOptions) {
    const where = item === undefined ? file : `${file}: ${item}の項 (item ${item})`;
    super(`${where}: ${reason.ja} / ${reason.en}`, options);
    this.file = file;
    this.item = item;
    this.reason = reason;
  }
}
