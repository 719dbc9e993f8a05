import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { oneTimeCodes } from '../../src/service/one-time-codes.ts';
import { temporaryFolder } from '../support/folder.ts';
import { codeNow, handedOver, logIn, ready, staffNetwork, tokenOf } from '../support/staff.ts';
import { KUMAGAYA } from '../support/test-network.ts';

/** Every file of a folder, by its path. */
const filesIn = (folder: string): [string, Buffer][] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [[path, readFileSync(path)]];
  });

test('passwords, secrets for one-time codes and tokens are in no database, log, journal or answer but their own', async () => {
  const folder = temporaryFolder();
  const net = await staffNetwork(undefined, { storage: { kind: 'folder', path: folder } });
  const kanri = { token: net.token(KUMAGAYA, 'kanri') };
  const days = { validFrom: '2026-11-24', validUntil: '2027-03-31' };
  const entry = { department: 'soumu', roles: ['officer'], affairs: 'all', ...days };
  const made = await net.post(KUMAGAYA, '/v1/staff', { user: 'sato', ...entry }, kanri);
  const sato = handedOver(made);
  const [own, wrong, other] = ['four lanterns lit', 'hunter2-hunter2', 'one more: short'];
  const sent = codeNow(net, ready(net, 'jocho').secret);
  await logIn(net, wrong, { ...sato, password: wrong });
  await logIn(net, 'jocho', undefined, { password: wrong, code: sent });
  await logIn(net, 'jocho', undefined, { code: other });
  const tokens = [await tokenOf(net, 'jocho'), await tokenOf(net, 'sato', sato)];
  const change = (password: string, newPassword: string) =>
    net.post(KUMAGAYA, '/v1/sessions/password', { password, newPassword }, { token: tokens[1] });
  const answers = [
    await change(wrong, own),
    await change(sato.password, other.slice(0, 5)),
    await change(sato.password, own),
    await net.get(KUMAGAYA, '/v1/staff', kanri),
    await net.get(KUMAGAYA, '/v1/operations', { token: net.token(KUMAGAYA, 'kansa') }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 400, 200, 200, 200]);
  const database = await net.network.agency(KUMAGAYA).serialize();
  const journal = JSON.stringify(net.network.journal.after(0));
  const secrets = [sato.secret, ready(net, 'jocho').secret, ready(net, 'kansa').secret];
  const needles = [
    ...[own, wrong, sato.password, ready(net, 'jocho').password, ready(net, 'kansa').password],
    ...[...tokens, net.token(KUMAGAYA, 'jocho')],
    ...secrets.flatMap((secret) => [secret, oneTimeCodes.base32(secret)]),
    ...secrets.map((secret) => Buffer.from(secret).toString('base64url')),
  ];
  await net.network.close();

  const places: [string, Uint8Array][] = [
    ...filesIn(folder),
    ['database in memory', database],
    ['journal', Buffer.from(journal)],
    ...answers.map(({ text }, at): [string, Buffer] => [`answer ${at}`, Buffer.from(text)]),
  ];
  expect(places.length).toBeGreaterThan(8);
  expect(places.some(([path]) => path.endsWith('renkei.log'))).toBe(true);
  for (const [path, bytes] of places) {
    for (const [at, needle] of needles.entries()) {
      expect(Buffer.from(bytes).includes(needle), `${path} holds secret ${at}`).toBe(false);
    }
  }
  // What is looked for would be found: names and digests are there.
  expect(Buffer.from(database).includes('sato')).toBe(true);
  expect(Buffer.from(database).includes('$argon2id$')).toBe(true);
});
