import type { Value } from './item-form.ts';

/**
 * A value as the cell of a file that is read back as the same value (`ItemForm.read`). A layout’s numbers are far
 * from those that JavaScript writes with an exponent.
 */
export const cellOf = (value: Value | undefined): string => String(value ?? '');
