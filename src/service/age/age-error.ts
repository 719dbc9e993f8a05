/** Why a file of the age format cannot be opened. It holds nothing of key or file. */
export class AgeError extends Error {
  override readonly name = 'AgeError';
  readonly code: 'identity_invalid' | 'not_for_this_identity' | 'file_damaged';

  constructor(code: AgeError['code'], cause: unknown) {
    super(code, { cause });
    this.code = code;
  }
}
