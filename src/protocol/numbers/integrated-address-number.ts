/**
 * 団体内統合宛名番号: fifteen digits that one agency alone gives to a person, so that its business
 * systems need not use the individual number. It has no check digit, and says nothing about the
 * number that another agency gave to the same person.
 */

/** Whether a text has the form of an integrated address number: fifteen ASCII digits. */
export const isIntegratedAddressNumber = (text: string): boolean => /^\d{15}$/.test(text);
