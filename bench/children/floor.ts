import {
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

// The least that an exchange can cost: the same signatures, verifications, shared secrets and hashes by
// node:crypto alone, and the same round trips over bare node:http. No storage, no checks, no JSON schemas.
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const statement = Buffer.alloc(700, 'x');
const sealed = Buffer.alloc(2500, 'y');
const signature = sign(null, statement, privateKey);

const signed = () =>
  new Promise<Buffer>((resolve, reject) =>
    sign(null, statement, privateKey, (error, made) => (error ? reject(error) : resolve(made))),
  );
const verified = () =>
  new Promise<boolean>((resolve, reject) =>
    verify(null, statement, publicKey, signature, (error, ok) =>
      error ? reject(error) : resolve(ok),
    ),
  );
const hashed = (data: Buffer) => createHash('sha256').update(data).digest('base64url');
const shared = (mine: ReturnType<typeof oneTime>, theirs: ReturnType<typeof oneTime>) =>
  diffieHellman({ privateKey: mine.privateKey, publicKey: createPublicKey(theirs.privateKey) });
const oneTime = () => generateKeyPairSync('x25519');

const agent = new http.Agent({ keepAlive: true });
const small = JSON.stringify({ message: statement.toString() });
const large = JSON.stringify({
  message: statement.toString(),
  sealed: sealed.toString('base64url'),
});
const theirs = oneTime();

const routes: Record<string, () => Promise<string>> = {
  async '/inquiry'() {
    const mine = oneTime();
    await signed();
    await call('/permits');
    await verified();
    await signed();
    await call('/query');
    await verified();
    hashed(sealed);
    shared(mine, theirs);
    return large;
  },
  async '/permits'() {
    await verified();
    await signed();
    hashed(statement);
    return small;
  },
  async '/query'() {
    await verified();
    hashed(statement);
    await signed();
    await call('/provide-requests');
    await verified();
    hashed(sealed);
    hashed(statement);
    return large;
  },
  async '/provide-requests'() {
    await verified();
    shared(oneTime(), theirs);
    hashed(sealed);
    await signed();
    return large;
  },
};

const server = http.createServer((request, response) => {
  request.resume().on('end', async () => {
    const body = await routes[request.url ?? '']?.();
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ url: `${address()}/inquiry` }));
process.once('disconnect', () => process.exit());

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function call(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .request(`${address()}${path}`, { agent, method: 'POST' }, (response) =>
        response.resume().on('end', resolve),
      )
      .on('error', reject)
      .end(small);
  });
}
