// The layers of the house (ARCHITECTURE.md). Each rule names what a room may not reach;
// `npm run check:layers` runs them, and so does `npm test`.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
});

const PROTOCOL = '^src/protocol/';
const PORTS = '^src/service/ports\\.ts$';

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only(
      'protocol-stands-alone',
      PROTOCOL,
      [PROTOCOL, '^node_modules/(zod|jose|tweetnacl|canonicalize)/', '^(node:)?crypto$'],
      'What both sides must agree on knows neither of them.',
    ),
    only(
      'core-is-pure',
      '^src/(gateway|agency|registry|address-numbers)/core/',
      [PROTOCOL, PORTS, '^src/$1/core/', '^node_modules/zod/'],
      'A core decides: no Hono, no driver, no clock or chance of its own.',
    ),
    only(
      'store-knows-its-ports',
      '^src/(gateway|agency|registry|address-numbers)/store/',
      [PROTOCOL, PORTS, '^src/$1/(core|store)/', '^src/service/sqlite/', '^node:sqlite$'],
      'A store implements its own core’s port with its driver.',
    ),
    only(
      'client-knows-its-ports',
      '^src/(gateway|agency|registry|address-numbers)/client/',
      [
        PROTOCOL,
        PORTS,
        '^src/$1/(core|client)/',
        '^src/service/http-client/',
        '^node_modules/zod/',
      ],
      'A client implements its own core’s port over HTTP.',
    ),
    only(
      'http-speaks-for-its-core',
      '^src/(gateway|agency|registry|address-numbers)/http/',
      [
        PROTOCOL,
        PORTS,
        '^src/$1/(core|http)/',
        '^src/service/(http|csv|age)/',
        '^node_modules/(hono|@hono|zod)/',
      ],
      'A route translates between HTTP and its core.',
    ),
    {
      name: 'parties-meet-over-http',
      comment:
        'Gateway, agency, registry and address-number system share protocol and service, nothing else.',
      severity: 'error',
      from: { path: '^src/(gateway|agency|registry|address-numbers)/' },
      to: {
        path: '^src/(gateway|agency|registry|address-numbers|network|cli|compliance|console|testing|client)/',
        pathNot: '^src/$1/',
      },
    },
    only(
      'service-serves-everybody',
      '^src/service/',
      [PROTOCOL, '^src/service/', '^node_modules/', '^(node:)?[a-z/:_]+$'],
      'What every service shares knows no party.',
    ),
    only(
      'client-knows-the-protocol',
      '^src/client/',
      ['^src/client/', PROTOCOL, '^node_modules/(zod|jose)/'],
      'renkei/client reaches a node over HTTP, by what both agree on.',
    ),
    {
      name: 'client-runs-anywhere',
      comment: 'renkei/client needs fetch and WebCrypto: nothing of Node’s own, however far away.',
      severity: 'error',
      from: { path: '^src/client/' },
      to: {
        path: '^node:|^(crypto|fs|path|http|https|stream|buffer|os|net|tls|url|util|zlib)$|^node_modules/(tweetnacl|hono|@hono)/',
        reachable: true,
      },
    },
    {
      name: 'network-uses-front-doors',
      comment: 'The launcher composes parties through their index.ts.',
      severity: 'error',
      from: { path: '^src/network/' },
      to: {
        path: '^src/(gateway|agency|registry|address-numbers|cli|compliance|console|testing)/',
        pathNot: '^src/(gateway|agency|registry|address-numbers)/index\\.ts$',
      },
    },
    {
      name: 'tools-use-the-network',
      comment: 'CLI, compliance, testing and bench reach parties through the launcher.',
      severity: 'error',
      from: { path: '^(src/(cli|compliance|testing)|bench)/' },
      to: { path: '^src/(gateway|agency|registry|address-numbers)/' },
    },
    {
      name: 'console-knows-the-control-plane-only',
      comment: 'Its HTTP API, and the shapes of what a node behind it answers.',
      severity: 'error',
      from: { path: '^src/console/' },
      to: {
        path: '^src/',
        pathNot: '^src/(console|service/http|protocol/(node-api|control-api))/',
      },
    },
    {
      name: 'source-never-imports-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|bench)/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
