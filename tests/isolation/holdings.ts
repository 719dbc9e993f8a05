import { LAYOUTS } from '../../src/network/world/layouts.ts';
import { csvText } from '../../src/service/csv/write-csv.ts';
import { affairOf } from '../support/batch-files.ts';
import type { CallOptions, Reply } from '../support/call.ts';
import { personsOf, VACCINATING } from '../support/persons.ts';
import { type TestNetwork, VACCINATION, viewOf } from '../support/test-network.ts';

/** One of everything that an agency keeps under an identifier, as its own people and systems made it. */
export interface Holdings {
  readonly agency: string;
  /** What one of its copies says, and no one else's. */
  readonly canary: string;
  /** Somebody whom the other does not know, with that copy; what is known of them. */
  readonly person: string;
  readonly individualNumber: string;
  readonly addressNumber: string;
  readonly name: string;
  readonly inquiry: string;
  readonly exchange: string;
  readonly batch: string;
  readonly draft: string;
  readonly import: string;
  readonly reconciliation: string;
  readonly user: string;
  readonly department: string;
  readonly system: string;
  readonly change: string;
  readonly grant: string;
  readonly hold: string;
  readonly correction: string;
  readonly medium: string;
  readonly lending: string;
}

const COPIES = new URLSearchParams({ information: VACCINATION, layout: 'K-1' });
const FILE = { headers: { 'content-type': 'text/csv' } };

/** Makes one of each, at an agency and another that can ask each other about the people whom both know. */
export async function furnish(
  net: TestNetwork,
  agency: string,
  other: string,
  label: string,
): Promise<Holdings> {
  const send = (who: string, path: string, body: unknown, options: CallOptions = {}) =>
    net.post(agency, path, body, { ...options, token: net.token(agency, who) });
  const canary = `${label}だけの備考`;
  const own = onlyHere(net, agency, other);
  const { integratedAddressNumber, individualNumber, addressNumber, name } = own;
  const asked = { integratedAddressNumber, information: VACCINATION };
  const columns = ['統合宛名番号', ...LAYOUTS['K-1'].items];
  const row: Readonly<Record<string, string>> = {
    統合宛名番号: integratedAddressNumber,
    備考: canary,
  };
  const file = csvText([columns, columns.map((name) => row[name] ?? '')]);
  const imported = await send('tanto', `/v1/copies/imports?${COPIES}`, file, FILE);
  await net.settled();
  const compared = await send('tanto', `/v1/copies/reconciliations?${COPIES}`, file, FILE);
  const draft = await send('tanto', '/v1/copies/drafts', { change: 'delete', ...asked });
  const inquiry = await net.inquire(
    net.somebody('ordinary', agency, other),
    { provider: other },
    { inquirer: agency },
  );
  const rows = [
    ['person', 'provider', 'affair', 'information'],
    [net.somebody('ordinary', agency, other).number, other, affairOf(net), VACCINATION],
  ];
  const batch = await send('gyomu', '/v1/batches', csvText(rows), FILE);
  const waits = await net.inquire(
    await net.flagged({ autoResponseDisabled: true }, other, agency),
    { provider: agency },
    { inquirer: other },
  );
  const department = `only-${label}`;
  made(await send('kanri', `/v1/departments/${department}`, { name: label, affairs: 'all' }));
  const user = `staff-of-${label}`;
  const entry = { department, roles: ['officer'], affairs: 'all' };
  const days = { validFrom: '2026-11-01', validUntil: '2027-03-31' };
  made(await send('kanri', '/v1/staff', { user, ...entry, ...days }));
  const system = `system-of-${label}`;
  const uses = { uses: ['inquire'], asks: 'all', keys: [] };
  made(await send('kanri', '/v1/business-systems', { id: system, name: label, ...uses }));
  const persons = personsOf(net, agency);
  const { kana, birthDate, sex, address } = own;
  const again = await persons.ask('tanto', '/v1/persons', {
    basics: { name, kana, birthDate, sex, address },
    addressNumbers: [{ system: 'gyomu', addressNumber: '000009000000001' }],
  });
  const goes = made(again).integratedAddressNumber;
  const merge = { stays: integratedAddressNumber, goes };
  const change = await persons.post('tanto', '/v1/changes/merge', merge);
  const granted = { kind: 'business-system', caller: 'gyomu', department: label, rights: ['find'] };
  const grant = await persons.post('kanri', '/v1/grants', { ...granted, affairs: [VACCINATING] });
  const held = { reason: 'other', integratedAddressNumber };
  const hold = await send('kansa', '/v1/log/holds', held);
  const { exchange = '' } = viewOf(inquiry);
  const right = { exchange, facts: { item: '26' } };
  const correction = await send('tanto', '/v1/corrections', right);
  const medium = `only-in-${label}`;
  made(await send('kanri', '/v1/media', { medium, kind: 'usb_memory' }));
  const borrowed = { medium, information: VACCINATION, purpose: label, until: '2027-03-31' };
  const lending = await send('tanto', '/v1/media/lendings', borrowed);
  await net.settled();
  return {
    ...{ agency, canary, user, department, system },
    ...{ person: integratedAddressNumber, individualNumber, addressNumber, name },
    inquiry: String(made(inquiry).id),
    exchange: viewOf(waits).exchange ?? '',
    ...{ batch: idIn(batch), draft: idIn(draft), import: idIn(imported) },
    ...{ reconciliation: idIn(compared), change: idIn(change), grant: idIn(grant) },
    ...{ hold: idIn(hold), correction: idIn(correction) },
    ...{ medium, lending: idIn(lending) },
  };
}

/** Somebody whom one agency knows and the other does not, under a name that nobody there has. */
function onlyHere(net: TestNetwork, agency: string, other: string) {
  const persons = (code: string) => net.network.world.agencies.get(code)?.persons ?? [];
  const there = persons(other);
  const found = persons(agency).find(
    (each) =>
      each.hasCode &&
      !there.some(
        ({ individualNumber, name }) =>
          individualNumber === each.individualNumber || name === each.name,
      ),
  );
  if (!found) throw new RangeError('everybody is known to both');
  return found;
}

function made(reply: Reply): Reply['json'] {
  if (reply.status >= 400) throw new Error(reply.text);
  return reply.json;
}
const idIn = (reply: Reply): string => String(made(reply).id);
