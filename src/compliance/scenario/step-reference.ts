/**
 * Where a path, a body or a file refers to something that a scenario does not write down: `<step>` and `<step.member>`, an
 * earlier step’s inquiry (or whatever it made) and a member of its answer; `<person.number>` and its like, a person’s
 * numbers.
 */
export const REFERENCE = /<([^<>.]+)(?:\.([A-Za-z]+))?>/gu;

/** What there is of a person: the agency’s own two numbers, and the individual number. */
export const PERSON_MEMBERS = ['number', 'addressNumber', 'individualNumber'] as const;
export type PersonMember = (typeof PERSON_MEMBERS)[number];

export const isPersonMember = (member: string | undefined): member is PersonMember =>
  PERSON_MEMBERS.some((each) => each === member);
