/** A fault to plant in the gateway or a node, and a shipped test that must turn red. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Scenario file and what its tests are narrowed to. */
  readonly scenario: string;
  readonly filter?: string;
}

const JUDGE = 'src/gateway/core/judge.ts';
const QUERY = 'src/gateway/core/query.ts';
const PERMIT = 'src/gateway/core/permit.ts';
const RECEIVE = 'src/gateway/core/receive.ts';
const ASSESSMENT = 'src/gateway/core/assessment.ts';
const STORE = 'src/gateway/store/transaction.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'an entry of the list is ignored',
    file: 'src/gateway/index.ts',
    find: 'compilePermission(lists.lists, lists.roles)',
    replace:
      'compilePermission(lists.lists.map((list) => ({ ...list, items: list.items.filter(({ item }) => item !== "173") })), lists.roles)',
    scenario: 'full/order-r6-9.yaml',
    filter: 'item-173',
  },
  {
    name: 'the list of the wrong day: Greenwich instead of Japan',
    file: JUDGE,
    find: 'japaneseDay(gateway.clock.now())',
    replace: 'new Date(gateway.clock.now()).toISOString().slice(0, 10)',
    scenario: 'flows/change-of-law.yaml',
  },
  {
    name: 'a permit is good for one instant too long',
    file: QUERY,
    find: 'now >= exchange.expiresAt',
    replace: 'now > exchange.expiresAt',
    scenario: 'codes/permit_expired.yaml',
  },
  {
    name: 'permits live twice as long',
    file: PERMIT,
    find: 'iat + gateway.settings.permitSeconds',
    replace: 'iat + 2 * gateway.settings.permitSeconds',
    scenario: 'codes/permit_expired.yaml',
  },
  {
    name: 'messages are not remembered, so they can be replayed',
    file: STORE,
    find: "if (claim(issuer, id, keepUntil) === 0) throw new RenkeiError('message_replayed');",
    replace: 'claim(issuer, id, keepUntil);',
    scenario: 'codes/message_replayed.yaml',
  },
  {
    name: 'any audience is accepted',
    file: 'src/protocol/message.ts',
    find: '![claims.aud].flat().includes(expected.audience)',
    replace: 'false',
    scenario: 'codes/signature_invalid.yaml',
  },
  {
    name: 'a signature that does not verify is accepted',
    file: 'src/protocol/message.ts',
    find: "throw new RenkeiError('signature_invalid', {}, { cause });",
    replace: 'return;',
    scenario: 'codes/signature_invalid.yaml',
  },
  {
    name: 'old messages are accepted for a minute more',
    file: RECEIVE,
    find: 'toleranceSeconds: gateway.settings.toleranceSeconds,',
    replace: 'toleranceSeconds: gateway.settings.toleranceSeconds + 60,',
    scenario: 'codes/clock_skew.yaml',
  },
  {
    name: 'no record of a permit',
    file: PERMIT,
    find: "kind: 'permitted',",
    replace: "kind: 'delivered',",
    scenario: 'flows/newcomer.yaml',
  },
  {
    name: 'no record of a denial',
    file: PERMIT,
    find: "tx.record({\n      kind: 'denied',",
    replace: "((_: unknown) => undefined)({\n      kind: 'denied',",
    scenario: 'codes/information_not_listed.yaml',
  },
  {
    name: 'no record of a refused message',
    file: RECEIVE,
    find: "tx.record({\n          kind: 'message_refused',",
    replace: "((_: unknown) => undefined)({\n          kind: 'message_refused',",
    scenario: 'codes/permit_already_used.yaml',
  },
  {
    name: 'no record of an answer',
    file: QUERY,
    find: 'tx.record(answerRecord(gateway, exchange, accepted));',
    replace: '',
    scenario: 'flows/newcomer.yaml',
  },
  {
    name: 'no record that a provider was down',
    file: QUERY,
    find: "tx.record({\n      kind: 'unanswered',",
    replace: "((_: unknown) => undefined)({\n      kind: 'unanswered',",
    scenario: 'codes/provider_unavailable.yaml',
  },
  {
    name: 'the inquirer’s assessment is not looked at',
    file: JUDGE,
    find: '!assessed(inquirer, { affair: decision.affair.name }, day) ||',
    replace: '',
    scenario: 'codes/assessment_breach.yaml',
  },
  {
    name: 'the provider’s assessment is not looked at',
    file: JUDGE,
    find: '|| !assessed(provider, { information: decision.information.name }, day)',
    replace: '',
    scenario: 'codes/assessment_breach.yaml',
  },
  {
    name: 'an assessment counts on the day of its end',
    file: ASSESSMENT,
    find: 'day < assessment.ended',
    replace: 'day <= assessment.ended',
    scenario: 'flows/ended-assessment.yaml',
  },
  {
    name: 'a breach of Article 28 does not count',
    file: ASSESSMENT,
    find: '!assessment.breach &&',
    replace: '',
    scenario: 'codes/assessment_breach.yaml',
  },
  {
    name: 'a suspended provider is asked',
    file: JUDGE,
    find: "if (provider.suspended) return refuse(['agency_suspended'], '番号法第21条第2項');",
    replace: '',
    scenario: 'codes/agency_suspended.yaml',
  },
  {
    name: 'a suspended inquirer is heard',
    file: 'src/gateway/core/agencies.ts',
    find: "if (agency.suspended) throw new RenkeiError('agency_suspended');",
    replace: '',
    scenario: 'codes/agency_suspended.yaml',
  },
  {
    name: 'a permit serves whoever presents it',
    file: QUERY,
    find: '!exchange || exchange.inquirer !== presenter',
    replace: '!exchange',
    scenario: 'codes/permit_mismatch.yaml',
  },
  {
    name: 'whether the provider has a code is not looked at',
    file: JUDGE,
    find: 'gateway.store.read.codeOf(request.provider, person) === undefined',
    replace: 'false',
    scenario: 'codes/provider_code_unknown.yaml',
  },
  {
    name: 'whether a person is known is told before the list is asked',
    file: JUDGE,
    find: "if (decision.decision === 'deny') {",
    replace:
      "const known = gateway.store.read.personOf(request.iss, request.person);\n  if (known === undefined || gateway.store.read.codeOf(request.provider, known) === undefined) return { decision: 'deny', code: 'provider_code_unknown', reasons: ['provider_code_unknown'], nearest: [], list: null, ground: '番号法施行令第26条' };\n  if (decision.decision === 'deny') {",
    scenario: 'codes/provider_code_unknown.yaml',
  },
  {
    name: 'sealed bytes are relayed without a look at their digest',
    file: 'src/gateway/core/answer.ts',
    find: 'digest !== claims.sealed?.digest',
    replace: 'false',
    scenario: 'codes/provider_unavailable.yaml',
  },
  {
    name: 'only the first reason of a denial is told',
    file: PERMIT,
    find: 'reasons: [...judgement.reasons],',
    replace: 'reasons: judgement.reasons.slice(0, 1),',
    scenario: 'codes/provider_not_listed.yaml',
  },
  {
    name: 'other lists come into force without a record',
    file: 'src/gateway/core/publish.ts',
    find: 'if (known === digest) return version;',
    replace: 'if (known !== "") return version;',
    scenario: 'codes/list_copy_disagrees.yaml',
  },
  {
    name: 'an answer is not kept for an inquirer that missed it',
    file: QUERY,
    find: 'if (!pending) tx.keep(exchange.inquirer, accepted.kept, keepUntil);',
    replace: '',
    scenario: 'codes/gateway_unavailable.yaml',
  },
  {
    name: 'a one-time code is good again',
    file: 'src/agency/core/staff/log-in.ts',
    find: 'if (step <= factor.step)',
    replace: 'if (step < 0)',
    scenario: 'requirements/r-3xx-staff.yaml',
    filter: 'r-308-two-factors',
  },
  {
    name: 'activity is not looked at, so sessions go on',
    file: 'src/agency/core/staff/sessions.ts',
    find: '(!ready && now - usedAt >= idle)',
    replace: 'false',
    scenario: 'requirements/r-3xx-staff.yaml',
    filter: 'r-307-time-out',
  },
  {
    name: 'a session outlives its user',
    file: 'src/agency/core/staff/administer.ts',
    find: "sessions.end(tx, [login], 'withdrawn') }",
    replace: '[] }',
    scenario: 'requirements/r-3xx-staff.yaml',
    filter: 'r-309-withdrawn-at-once',
  },
  {
    name: 'who is refused is not written down',
    file: 'src/agency/http/refusals.ts',
    find: "await note(node, { ...line, outcome: 'refused', code: error.code });",
    replace: '',
    scenario: 'requirements/r-3xx-staff.yaml',
    filter: 'r-204-who-did-what',
  },
];
