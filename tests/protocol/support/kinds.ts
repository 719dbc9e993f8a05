import { type ErrorCode, isErrorCode } from '../../../src/protocol/errors.ts';
import { ALL_AGENCIES, GATEWAY, REGISTRY } from '../../../src/protocol/identifiers.ts';
import type { CommonClaims, MessageKind } from '../../../src/protocol/message.ts';
import { type Answer, answer } from '../../../src/protocol/messages/answer.ts';
import { cardHolder } from '../../../src/protocol/messages/card-holder.ts';
import { codeNotice } from '../../../src/protocol/messages/code-notice.ts';
import { codeRequest } from '../../../src/protocol/messages/code-request.ts';
import { collect } from '../../../src/protocol/messages/collect.ts';
import { correction } from '../../../src/protocol/messages/correction.ts';
import { correctionNotice } from '../../../src/protocol/messages/correction-notice.ts';
import { correctionRequest } from '../../../src/protocol/messages/correction-request.ts';
import { delivery } from '../../../src/protocol/messages/delivery.ts';
import { denial } from '../../../src/protocol/messages/denial.ts';
import { directory } from '../../../src/protocol/messages/directory.ts';
import { keyChange } from '../../../src/protocol/messages/key-change.ts';
import { keyProof } from '../../../src/protocol/messages/key-proof.ts';
import { permissionLists } from '../../../src/protocol/messages/permission-lists.ts';
import { permit } from '../../../src/protocol/messages/permit.ts';
import { permitRequest } from '../../../src/protocol/messages/permit-request.ts';
import { provideRequest } from '../../../src/protocol/messages/provide-request.ts';
import { query } from '../../../src/protocol/messages/query.ts';
import { receipt } from '../../../src/protocol/messages/receipt.ts';
import { residentCodes } from '../../../src/protocol/messages/resident-codes.ts';
import { DIRECTION } from '../../../src/protocol/outcome.ts';
import { fc } from '../../support/property.ts';
import * as any from './arbitraries.ts';
import { PARTIES } from './parties.ts';

/** A kind of message as the tests know it. */
export interface KindCase {
  readonly kind: MessageKind<CommonClaims>;
  /** All sorts of valid claims. */
  readonly claims: fc.Arbitrary<CommonClaims>;
  /** Members that may be left out of these claims: paths, array places as `*`. */
  readonly optional: (claims: CommonClaims) => readonly string[];
  /** Members that may be null. */
  readonly nullable: readonly string[];
}

const PERIOD = ['period', 'period.from', 'period.until'];

const define = <Claims extends CommonClaims>(
  kind: MessageKind<Claims>,
  claims: fc.Arbitrary<Claims>,
  optional: readonly string[] | ((claims: CommonClaims) => readonly string[]) = [],
  nullable: readonly string[] = [],
): KindCase => ({
  kind,
  claims,
  optional: typeof optional === 'function' ? optional : () => optional,
  nullable,
});

const { commonClaims: common } = any;
const fromGateway = { iss: fc.constant(GATEWAY), ...common };
const toGateway = { iss: any.agency, aud: fc.constant(GATEWAY), ...common };
const toAll = { ...fromGateway, aud: fc.constant(ALL_AGENCIES), exp: any.numericDate };
const nodeKey = fc.constantFrom(
  ...PARTIES.flatMap(({ publicKey }) => {
    const { use, ...key } = publicKey;
    return use === 'node' ? [{ ...key, use }] : [];
  }),
);
/** Two of them, so that either may be left out. */
const correctedFacts = fc.record({ item: any.item, information: any.information });
const FACTS = ['facts.item', 'facts.information'];
const few = { maxLength: 3 };
const some = { minLength: 1, maxLength: 3 };

const ending: fc.Arbitrary<Pick<Answer, 'outcome' | 'reason' | 'sealed'>> = fc.oneof(
  fc.record({
    outcome: fc.constant('provided'),
    sealed: fc.record({
      digest: any.digest,
      oneTimeKey: any.x25519Key,
      bytes: fc.integer({ min: 1, max: 2_000_000 }),
    }),
  }),
  fc.record({ outcome: fc.constantFrom('no_record', 'pending') }),
  fc.record({
    outcome: fc.constant('refused'),
    reason: fc.constantFrom('restricted', 'review_declined'),
  }),
);

const errorCode = fc
  .constantFrom('inquirer_not_listed', 'assessment_breach', 'code_not_acquired')
  .filter((code): code is ErrorCode & typeof code => isErrorCode(code));
const named = fc.record({ code: any.text, name: any.text });

const eitherOrBoth = (claims: CommonClaims): string[] => [
  ...('affair' in claims && 'item' in claims ? ['affair', 'item'] : []),
  ...['nonDisclosable', ...PERIOD],
];

/** Every kind of message by its file in src/protocol/messages. */
export const KINDS: Readonly<Record<string, KindCase>> = {
  answer: define(
    answer,
    fc
      .tuple(fc.record({ ...common, exchange: any.id }), any.subject, ending)
      .map(([claims, subject, end]) => ({
        ...claims,
        iss: subject.provider,
        aud: [GATEWAY, subject.inquirer],
        ...subject,
        direction: DIRECTION,
        ...end,
      })),
    PERIOD,
  ),
  'code-notice': define(
    codeNotice,
    fc.record({
      ...fromGateway,
      aud: any.agency,
      entries: fc.array(fc.record({ acquisition: any.id, code: any.id }), some),
    }),
  ),
  'code-request': define(
    codeRequest,
    fc.record({
      ...common,
      iss: any.agency,
      aud: fc.constant(REGISTRY),
      entries: fc.array(
        fc.record({ acquisition: any.id, individualNumber: any.individualNumber }),
        some,
      ),
    }),
  ),
  collect: define(collect, fc.record({ ...toGateway, received: fc.array(any.id, few) })),
  correction: define(
    correction,
    any.pair.chain(([inquirer = '', provider = '']) =>
      fc.record(
        {
          ...toGateway,
          iss: fc.constantFrom(inquirer, provider),
          exchange: any.id,
          inquirer: fc.constant(inquirer),
          provider: fc.constant(provider),
          corrects: any.digest,
          facts: correctedFacts,
          request: any.id,
        },
        {
          requiredKeys: [
            'jti',
            'iat',
            'iss',
            'aud',
            'exchange',
            'inquirer',
            'provider',
            'corrects',
            'facts',
          ],
        },
      ),
    ),
    (claims) => ['request', ...('request' in claims ? ['facts'] : []), ...FACTS],
  ),
  'correction-notice': define(
    correctionNotice,
    fc.record({ ...fromGateway, aud: any.agency, exchange: any.id, correction: any.text }),
  ),
  'correction-request': define(
    correctionRequest,
    fc.record({
      ...fromGateway,
      aud: any.agency,
      exchange: any.id,
      request: any.id,
      corrects: any.digest,
      facts: correctedFacts,
    }),
    FACTS,
  ),
  delivery: define(
    delivery,
    fc.record({ ...fromGateway, aud: any.agency, exchange: any.id, answer: any.text }),
  ),
  denial: define(
    denial,
    fc.record(
      {
        ...fromGateway,
        aud: any.agency,
        request: any.id,
        inquirer: any.agency,
        provider: any.agency,
        affair: any.affair,
        item: any.item,
        information: any.information,
        list: fc.option(any.list),
        code: errorCode,
        reasons: fc.array(errorCode, some),
        nearest: fc.array(
          fc.record({
            list: any.list,
            item: any.item,
            affair: named,
            inquirerRoles: fc.array(any.text, few),
            providerRoles: fc.array(any.text, few),
            information: named,
            changes: fc.array(any.text, few),
          }),
          few,
        ),
        ground: any.text,
      },
      {
        requiredKeys: [
          ...(['iss', 'aud', 'jti', 'iat', 'request', 'inquirer', 'provider'] as const),
          ...(['information', 'list', 'code', 'reasons', 'nearest', 'ground'] as const),
        ],
      },
    ),
    ['affair', 'item'],
    ['list'],
  ),
  directory: define(
    directory,
    fc.record({
      ...toAll,
      version: fc.integer({ min: 1 }),
      entries: fc.array(
        fc.record({
          code: fc.constantFrom(...PARTIES.map(({ name }) => name)),
          name: any.name,
          roles: fc.array(any.name, few),
          suspended: fc.boolean(),
          keys: fc.array(
            fc
              .tuple(
                fc.constantFrom(...PARTIES.map(({ publicKey }) => publicKey)),
                fc.option(any.numericDate, { nil: undefined }),
              )
              .map(([key, retiresAt]) => ({
                ...key,
                ...(retiresAt !== undefined && { retiresAt }),
              })),
            some,
          ),
        }),
        few,
      ),
    }),
    ['entries.*.keys.*.retiresAt'],
  ),
  'key-change': define(
    keyChange,
    fc.record({
      ...toGateway,
      key: nodeKey,
      replaces: fc.constantFrom('13101.node.1', '27100.node.12'),
      old: fc.constantFrom('retire', 'revoke'),
      proof: any.text,
    }),
  ),
  'key-proof': define(
    keyProof,
    fc.record({ ...toGateway, key: nodeKey, replaces: fc.constantFrom('13101.node.1') }),
  ),
  'permission-lists': define(
    permissionLists,
    fc.record({
      ...toAll,
      version: fc.integer({ min: 1 }),
      lists: fc.array(fc.record({ id: any.list, digest: any.digest }), few),
      roles: any.digest,
    }),
  ),
  permit: define(
    permit,
    fc
      .tuple(
        fc.record({
          ...fromGateway,
          nbf: any.numericDate,
          exp: any.numericDate,
          request: any.id,
          oneTimeKey: any.x25519Key,
        }),
        any.subject,
      )
      .map(([claims, subject]) => ({ ...claims, aud: subject.inquirer, ...subject })),
    PERIOD,
  ),
  'permit-request': define(
    permitRequest,
    fc
      .record(
        {
          ...toGateway,
          affair: any.affair,
          item: any.item,
          provider: any.agency,
          information: any.information,
          period: any.period,
          nonDisclosable: fc.constant(true as const),
          person: any.id,
          oneTimeKey: any.x25519Key,
        },
        {
          requiredKeys: [
            ...(['iss', 'aud', 'jti', 'iat', 'provider', 'information'] as const),
            ...(['person', 'oneTimeKey'] as const),
          ],
        },
      )
      .map((claims) => ('affair' in claims ? claims : { item: '25', ...claims })),
    eitherOrBoth,
  ),
  'provide-request': define(
    provideRequest,
    fc
      .tuple(
        fc.record({
          ...fromGateway,
          exchange: any.id,
          person: any.id,
          oneTimeKey: any.x25519Key,
          permittedAt: any.numericDate,
          nbf: any.numericDate,
          exp: any.numericDate,
        }),
        any.subject,
      )
      .map(([claims, subject]) => ({
        ...claims,
        aud: subject.provider,
        ...subject,
        route: { via: GATEWAY, to: subject.inquirer },
      })),
    PERIOD,
  ),
  query: define(query, fc.record({ ...toGateway, permit: any.text })),
  receipt: define(
    receipt,
    fc.record({
      ...common,
      iss: fc.constantFrom<string>(GATEWAY, '13101', '27100'),
      aud: fc.constantFrom<string>(GATEWAY, '01100', '14130'),
      exchange: any.id,
      answer: any.digest,
    }),
  ),
  'card-holder': define(
    cardHolder,
    fc.record({
      ...common,
      iss: fc.constant(REGISTRY),
      aud: fc.constant(GATEWAY),
      challenge: any.id,
      residentCode: any.residentCode,
    }),
  ),
  'resident-codes': define(
    residentCodes,
    fc.record({
      ...common,
      iss: fc.constant(REGISTRY),
      aud: fc.constant(GATEWAY),
      agency: any.agency,
      entries: fc.array(fc.record({ acquisition: any.id, residentCode: any.residentCode }), some),
    }),
  ),
};

/** A kind by its file. */
export function kindOf(file: string): KindCase {
  const found = KINDS[file];
  if (!found) throw new RangeError(`no kind ${file}`);
  return found;
}

/** Claims of any kind, with the file of the kind. */
export const aMessage: fc.Arbitrary<{ readonly file: string; readonly it: CommonClaims }> =
  fc.oneof(
    ...Object.entries(KINDS).map(([file, { claims }]) => claims.map((it) => ({ file, it }))),
  );

/** Claims of each kind that are the same in every run. */
export const fixedClaims = ({ claims }: KindCase, seed = 20261122): CommonClaims => {
  const [it] = fc.sample(claims, { numRuns: 1, seed });
  if (!it) throw new Error('nothing was sampled');
  return it;
};
