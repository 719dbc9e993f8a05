import type { Examples } from './shapes.ts';

/** What is asked, as the form has it; everything may still be missing. */
export interface Choice {
  readonly inquirer: string;
  readonly provider: string;
  /** An example’s kind, or `other`: then `person` is what was typed. */
  readonly who: string;
  readonly person: string;
  readonly item: string;
  readonly information: string;
  readonly from: string;
  readonly until: string;
  /** The parties and the item for which the rest was offered: with others, the rest is offered anew. */
  readonly offeredFor: string;
}

/** `who` for somebody who is no example. */
export const OTHER = 'other';

const EMPTY: Choice = {
  ...{ inquirer: '', provider: '', who: '', person: '', item: '', information: '' },
  ...{ from: '', until: '', offeredFor: '' },
};
const NAMES = Object.keys(EMPTY) as (keyof Choice)[];

/** The choice that a form or a query string carries. */
export function choiceOf(values: { get(name: string): unknown }): Choice {
  const choice: { -readonly [Name in keyof Choice]: string } = { ...EMPTY };
  for (const name of NAMES) {
    const value = values.get(name);
    if (typeof value === 'string') choice[name] = value.trim();
  }
  return choice;
}

export const offer = (parties: Pick<Choice, 'inquirer' | 'provider'>, item: string): string =>
  `${parties.inquirer} ${parties.provider} ${item}`;

/** The integrated address number that was chosen. */
export function personOf({ who, person }: Choice, examples: Examples): string {
  const example = examples[who];
  return typeof example === 'string' ? example : person;
}

/** The same as POST /v1/inquiries of the inquirer’s node takes it. */
export function inquiryBody(choice: Choice, person: string) {
  const { provider, item, information, from, until } = choice;
  const period = { ...(from !== '' && { from }), ...(until !== '' && { until }) };
  return {
    integratedAddressNumber: person,
    provider,
    item,
    information,
    ...(Object.keys(period).length > 0 && { period }),
  };
}
