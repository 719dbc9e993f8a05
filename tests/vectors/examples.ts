import { sha256 } from '../../src/protocol/digest.ts';
import { ALL_AGENCIES, GATEWAY, REGISTRY } from '../../src/protocol/identifiers.ts';
import { individualNumberWithCheckDigit } from '../../src/protocol/numbers/individual-number.ts';
import { residentCodeWithCheckDigit } from '../../src/protocol/numbers/resident-code.ts';
import { affairCode, informationCode } from '../../src/protocol/permission/codes.ts';
import { type Plaintext, plaintextBytes } from '../../src/protocol/plaintext.ts';
import { oneTimeKey, seal } from '../../src/protocol/sealing.ts';
import { AGENCIES, another, gateway, party } from '../protocol/support/parties.ts';

/** One exchange between invented parties, told in one example of every kind of message. */

export const INQUIRER = AGENCIES[1];
export const PROVIDER = AGENCIES[3];

/** 2026-11-22 09:00 in Japan. */
export const IAT = Date.parse('2026-11-22T09:00:00+09:00') / 1000;

export const idOf = (what: string): string =>
  Buffer.from(sha256(what), 'base64url').subarray(0, 16).toString('base64url');
export const bytesOf = (what: string): Uint8Array =>
  new Uint8Array(Buffer.from(sha256(what), 'base64url'));

export const AFFAIR = '予防接種法による予防接種の実施に関する事務';
export const INFORMATION = '予防接種法による予防接種の実施に関する情報';

export const subject = {
  inquirer: INQUIRER,
  provider: PROVIDER,
  affair: affairCode(AFFAIR),
  item: '25',
  list: 'order-r6-9',
  information: informationCode(INFORMATION),
  period: { from: '2020-04-01', until: '2026-03-31' },
};
export const EXCHANGE = idOf('exchange');

export const sealing = {
  inquirer: oneTimeKey(bytesOf('one-time secret of the inquirer')),
  provider: oneTimeKey(bytesOf('one-time secret of the provider')),
  nonce: bytesOf('nonce').subarray(0, 24),
};

export const plaintext: Plaintext = {
  exchange: EXCHANGE,
  inquirer: INQUIRER,
  provider: PROVIDER,
  direction: 'provider-to-inquirer',
  information: subject.information,
  layoutVersion: '1',
  records: [
    { 接種日: '2025-10-01', 回数: 1, ロット番号: 'A-001', 備考: null },
    { 接種日: '2025-11-05', 回数: 2, ロット番号: 'A-002', 備考: '"\\\u0007 é' },
  ],
};

export const sealed = seal(
  plaintextBytes(plaintext),
  sealing.nonce,
  sealing.inquirer.publicKey,
  sealing.provider,
);

/** What every message has: its id is a digest of what it is called here. */
const common = (what: string, iss: string, aud: string | string[]) => ({
  jti: idOf(what),
  iat: IAT,
  iss,
  aud,
});
const expires = (seconds: number) => ({ exp: IAT + seconds });
const oneTime = { oneTimeKey: sealing.inquirer.publicKey };
const request = {
  item: subject.item,
  provider: PROVIDER,
  information: subject.information,
  person: idOf('code at the inquirer'),
};
const provided = {
  exchange: EXCHANGE,
  ...subject,
  direction: 'provider-to-inquirer',
  outcome: 'provided',
  sealed: {
    digest: sha256(sealed),
    oneTimeKey: sealing.provider.publicKey,
    bytes: sealed.length,
  },
};

/** A key that an agency makes after its first; what is signed here is signed with the first all the same. */
const nodeKey = (code: string, number: number) => ({
  ...another(code).publicKey,
  kid: `${code}.node.${number}`,
  use: 'node',
});

/** The examples by kind. Statements that travel inside others stand here for themselves. */
export const examples: Readonly<Record<string, object>> = {
  'code-request': {
    ...common('code request', INQUIRER, REGISTRY),
    entries: ['12345678901', '00000000001'].map((digits) => ({
      acquisition: idOf(`acquisition ${digits}`),
      individualNumber: individualNumberWithCheckDigit(digits),
    })),
  },
  'resident-codes': {
    ...common('resident codes', REGISTRY, GATEWAY),
    agency: INQUIRER,
    entries: ['1234567890', '0000000001'].map((digits) => ({
      acquisition: idOf(`acquisition ${digits}`),
      residentCode: residentCodeWithCheckDigit(digits),
    })),
  },
  'card-holder': {
    ...common('card holder', REGISTRY, GATEWAY),
    challenge: idOf('challenge'),
    residentCode: residentCodeWithCheckDigit('1234567890'),
  },
  'code-notice': {
    ...common('code notice', GATEWAY, INQUIRER),
    entries: [{ acquisition: idOf('acquisition 1234567890'), code: request.person }],
  },
  'permit-request': {
    ...common('permit request', INQUIRER, GATEWAY),
    ...request,
    period: subject.period,
    ...oneTime,
  },
  permit: {
    ...common('exchange', GATEWAY, INQUIRER),
    nbf: IAT,
    ...expires(60),
    request: idOf('permit request'),
    ...subject,
    ...oneTime,
  },
  denial: {
    ...common('denial', GATEWAY, INQUIRER),
    request: idOf('permit request'),
    inquirer: INQUIRER,
    provider: PROVIDER,
    item: '1',
    information: subject.information,
    list: subject.list,
    code: 'affair_not_listed',
    reasons: ['affair_not_listed', 'information_not_listed'],
    nearest: [
      {
        list: subject.list,
        item: subject.item,
        affair: { code: subject.affair, name: AFFAIR },
        inquirerRoles: ['市町村長'],
        providerRoles: ['市町村長'],
        information: { code: subject.information, name: INFORMATION },
        changes: ['item'],
      },
    ],
    ground: '番号法第19条第8号',
  },
  query: { ...common('query', INQUIRER, GATEWAY), permit: 'eyJ.a-permit-as-issued.sig' },
  'provide-request': {
    ...common('provide request', GATEWAY, PROVIDER),
    nbf: IAT,
    ...expires(60),
    permittedAt: IAT,
    exchange: EXCHANGE,
    ...subject,
    person: idOf('code at the provider'),
    ...oneTime,
    route: { via: GATEWAY, to: INQUIRER },
  },
  answer: { ...common('answer', PROVIDER, [GATEWAY, INQUIRER]), ...provided },
  delivery: {
    ...common('delivery', GATEWAY, INQUIRER),
    exchange: EXCHANGE,
    answer: 'eyJ.an-answer-as-signed.sig',
  },
  correction: {
    ...common('correction', INQUIRER, GATEWAY),
    exchange: EXCHANGE,
    inquirer: INQUIRER,
    provider: PROVIDER,
    corrects: sha256('eyJ.an-answer-as-signed.sig'),
    facts: { item: '26', period: { from: '2026-04-01' } },
    request: idOf('correction request of the person'),
  },
  'correction-notice': {
    ...common('correction notice', GATEWAY, PROVIDER),
    exchange: EXCHANGE,
    correction: 'eyJ.a-correction-as-signed.sig',
  },
  'correction-request': {
    ...common('correction request', GATEWAY, INQUIRER),
    exchange: EXCHANGE,
    request: idOf('correction request of the person'),
    corrects: sha256('eyJ.an-answer-as-signed.sig'),
    facts: { item: '26' },
  },
  receipt: {
    ...common('receipt', INQUIRER, GATEWAY),
    exchange: EXCHANGE,
    answer: sha256('eyJ.an-answer-as-signed.sig'),
  },
  collect: { ...common('collect', INQUIRER, GATEWAY), received: [EXCHANGE] },
  directory: {
    ...common('directory', GATEWAY, ALL_AGENCIES),
    ...expires(86_400),
    version: 3,
    entries: [gateway, party(INQUIRER), party(PROVIDER)].map(({ name, publicKey }) => ({
      code: name,
      name: `機関 ${name}`,
      roles: name === GATEWAY ? [] : ['市町村長'],
      suspended: false,
      keys: [publicKey],
    })),
  },
  'key-change': {
    ...common('key change', PROVIDER, GATEWAY),
    key: nodeKey(PROVIDER, 2),
    replaces: party(PROVIDER).publicKey.kid,
    old: 'retire',
    proof: 'eyJ.a-key-proof-signed-with-the-new-key.sig',
  },
  'key-proof': {
    ...common('key proof', PROVIDER, GATEWAY),
    key: nodeKey(PROVIDER, 2),
    replaces: party(PROVIDER).publicKey.kid,
  },
  'permission-lists': {
    ...common('permission lists', GATEWAY, ALL_AGENCIES),
    ...expires(86_400),
    version: 1,
    lists: ['order-r6-9', 'beppyo-2'].map((id) => ({ id, digest: sha256(id) })),
    roles: sha256('roles'),
  },
};
