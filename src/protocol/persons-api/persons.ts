import { z } from 'zod';
import { Day, IntegratedAddressNumber } from '../identifiers.ts';
import { CopyRecord } from '../plaintext.ts';
import {
  Affair,
  Basics,
  IndividualNumber,
  Information,
  OwnAddressNumber,
  SomeBasics,
  SystemId,
} from './fields.ts';

/** A person by their integrated address number. */
export const PersonFound = z.strictObject({ integratedAddressNumber: IntegratedAddressNumber });

export const PersonView = z.strictObject({
  integratedAddressNumber: IntegratedAddressNumber,
  source: z.enum(['resident-register', 'entered']),
  hasIndividualNumber: z.boolean(),
  basics: Basics.optional(),
  addressNumbers: z.array(z.strictObject({ system: z.string(), addressNumber: z.string() })),
  mergedNumbers: z.array(IntegratedAddressNumber).describe('Numbers merged into this one'),
  registeredAt: z.string(),
  changedAt: z.string(),
});
export type PersonView = z.infer<typeof PersonView>;

const said = (longest: number) => z.string().min(1).max(longest).optional();
const Verdict = z.enum(['match', 'no_match', 'not_held']).optional();

const Confirmation = z
  .strictObject({
    affair: Affair,
    integratedAddressNumber: IntegratedAddressNumber.optional(),
    individualNumber: IndividualNumber.optional(),
    name: said(200),
    kana: said(200),
    birthDate: Day.optional(),
    sex: z.enum(['男', '女']).optional(),
    address: said(500),
  })
  .refine(
    (it) => (it.integratedAddressNumber === undefined) !== (it.individualNumber === undefined),
    'integratedAddressNumber or individualNumber',
  )
  .refine(
    ({ name, kana, birthDate, sex, address }) =>
      [name, kana, birthDate, sex, address].some((item) => item !== undefined),
    'at least one item',
  );

export const ConfirmationView = z.strictObject({
  integratedAddressNumber: IntegratedAddressNumber,
  identical: z.boolean().describe('Everything that was told matches'),
  items: z.strictObject({
    name: Verdict,
    kana: Verdict,
    birthDate: Verdict,
    sex: Verdict,
    address: Verdict,
  }),
});
export type ConfirmationView = z.infer<typeof ConfirmationView>;

const Original = z.strictObject({
  addressNumber: OwnAddressNumber,
  information: Information,
  layoutVersion: z.string().min(1).max(64),
  published: Day.optional(),
  ended: Day.optional(),
  records: z.array(CopyRecord).min(1).max(10_000),
  autoResponseDisabled: z.boolean().optional().describe('As it was, if left out; so is the next'),
  nonDisclosable: z.boolean().optional(),
});

/** Looking persons up and confirming who they are, registering them, linkage. */
export const registered = {
  find: {
    path: '/v1/lookups',
    request: z
      .strictObject({
        affair: Affair,
        individualNumber: IndividualNumber.optional(),
        addressNumber: OwnAddressNumber.optional(),
        system: SystemId.optional(),
      })
      .refine(
        (it) => (it.individualNumber === undefined) !== (it.addressNumber === undefined),
        'individualNumber or addressNumber',
      ),
    responses: { 200: PersonFound },
  },
  individualNumber: {
    path: '/v1/lookups/individual-number',
    request: z.strictObject({ affair: Affair, integratedAddressNumber: IntegratedAddressNumber }),
    responses: { 200: z.strictObject({ individualNumber: z.string() }) },
  },
  show: {
    path: '/v1/persons/{integratedAddressNumber}',
    query: z.strictObject({ affair: Affair }),
    responses: { 200: PersonView },
  },
  confirm: {
    path: '/v1/confirmations',
    request: Confirmation,
    responses: { 200: ConfirmationView },
  },
  register: {
    path: '/v1/persons',
    request: z.strictObject({
      affair: Affair,
      individualNumber: IndividualNumber.optional(),
      basics: Basics,
      addressNumbers: z
        .array(z.strictObject({ system: SystemId.optional(), addressNumber: OwnAddressNumber }))
        .max(20)
        .default([]),
    }),
    responses: { 201: PersonFound },
  },
  changeBasics: {
    path: '/v1/persons/{integratedAddressNumber}/basics',
    request: z.strictObject({ affair: Affair, basics: SomeBasics }),
    responses: { 200: PersonFound },
  },
  setIndividualNumber: {
    path: '/v1/persons/{integratedAddressNumber}/individual-number',
    request: z.strictObject({
      affair: Affair,
      individualNumber: IndividualNumber,
      reason: z.enum(['assigned', 'changed']),
    }),
    responses: { 200: PersonFound },
  },
  tie: {
    path: '/v1/persons/{integratedAddressNumber}/address-numbers',
    request: z.strictObject({
      affair: Affair,
      system: SystemId.optional(),
      addressNumber: OwnAddressNumber,
    }),
    responses: { 200: PersonFound },
  },
  acquire: {
    path: '/v1/acquisitions',
    request: z.strictObject({
      affair: Affair,
      persons: z.array(IntegratedAddressNumber).min(1).max(500),
    }),
    responses: { 200: z.strictObject({ acquired: z.int().min(0) }) },
  },
  link: {
    path: '/v1/linkage',
    request: z.strictObject({ affair: Affair, copies: z.array(Original).min(1).max(500) }),
    responses: { 200: z.strictObject({ copies: z.int(), changed: z.int() }) },
  },
  alike: {
    path: '/v1/persons/{integratedAddressNumber}/alike',
    responses: { 200: z.strictObject({ alike: z.array(IntegratedAddressNumber) }) },
  },
} as const;
