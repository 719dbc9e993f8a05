// As in a runtime that has fetch, WebCrypto, streams, text and URLs, and nothing of Node’s own: only Node’s fetch itself
// gets to see Buffer and process.
const [node = '', agency = '', id = '', jwk = '', person = '', at = '0'] = process.argv.slice(2);
const write = process.stdout.write.bind(process.stdout);
const taken: string[] = [];
for (const name of ['Buffer', 'process', 'setImmediate']) {
  const value: unknown = Reflect.get(globalThis, name);
  const get = () => {
    const caller = new Error().stack?.split('\n')[2] ?? '';
    if (!caller.includes('file:')) return value;
    taken.push(name);
    return undefined;
  };
  Object.defineProperty(globalThis, name, { get });
}
const { businessSystem } = await import('renkei/client');

const system = await businessSystem({
  ...{ node, agency, id, privateKey: JSON.parse(jwk), now: () => Number(at) },
});
const asked = await system.inquiries.ask({
  ...{ integratedAddressNumber: person, item: '25', provider: '11202' },
  information: '予防接種法による予防接種の実施に関する情報',
});
const keys = await system.publicKeys();
const { agency: said } = await system.status();
write(JSON.stringify({ state: asked.state, keys: keys.length > 0, said, taken }));
