/** What is asked, as the form has it; everything may still be missing. */
export interface Choice {
  readonly inquirer: string;
  readonly provider: string;
  readonly person: string;
  readonly item: string;
  readonly information: string;
  readonly from: string;
  readonly until: string;
}

const NAMES = ['inquirer', 'provider', 'person', 'item', 'information', 'from', 'until'] as const;

/** The choice that a form or a query string carries. */
export function choiceOf(values: { get(name: string): unknown }): Choice {
  const choice: Record<(typeof NAMES)[number], string> = {
    ...{ inquirer: '', provider: '', person: '', item: '', information: '', from: '', until: '' },
  };
  for (const name of NAMES) {
    const value = values.get(name);
    if (typeof value === 'string') choice[name] = value.trim();
  }
  return choice;
}

/** The same as POST /v1/inquiries of the inquirer’s node takes it. */
export function inquiryBody({ provider, person, item, information, from, until }: Choice) {
  const period = { ...(from !== '' && { from }), ...(until !== '' && { until }) };
  return {
    integratedAddressNumber: person,
    provider,
    item,
    information,
    ...(Object.keys(period).length > 0 && { period }),
  };
}
