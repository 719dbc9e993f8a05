import { type Caller, startAddressNumbers } from '../address-numbers/index.ts';
import { REGISTRY } from '../protocol/identifiers.ts';
import { makeVault } from '../service/vault.ts';
import { readyGrants } from './address-number-callers.ts';
import { keepText } from './config/fields.ts';
import { type NetworkContext, urlOf } from './context.ts';
import { derived } from './keys.ts';
import { agencyFile } from './storage.ts';

/** Starts an agency’s address-number system, with keys of its own for what lies in its storage. */
export async function addressNumbersOf(
  context: NetworkContext,
  code: string,
  options: {
    readonly callers: ReadonlyMap<string, Caller>;
    /** What its node knows it by. */
    readonly nodeToken: string;
    readonly ready: () => boolean;
    readonly contents?: Uint8Array | undefined;
  },
) {
  const { config, clock, journal, wire, doors } = context;
  const own = context.keys.agencies.get(code);
  const agency = config.agencies.find((each) => each.code === code);
  if (!own || !agency) throw new RangeError(`no agency ${code}`);
  const party = `${code} address-numbers`;
  const key = (use: string) => derived(config.seed, 'address-numbers', code, use);
  // Longer than its node and the registry wait for the gateway, so that their own answers come first.
  const timeoutMs = 2 * (config.provider.timeoutSeconds + 5) * 1000;
  return await startAddressNumbers({
    agency: code,
    name: agency.name,
    path: agencyFile(context.storage, code, 'address-numbers'),
    contents: options.contents,
    wrapHttp: wire.client(code, timeoutMs),
    serve: doors.of(party),
    listen: context.listen({ addressNumbers: code }),
    signer: own.addressNumbers.signer,
    atRest: { vault: makeVault(key('vault')), lookupKey: key('lookup'), logKey: key('log') },
    keep: keepText(agency.retention ?? config.retention.period),
    callers: options.callers,
    readyGrants: readyGrants(config.seed, code),
    nodeUrl: () => urlOf(context, code, code),
    nodeToken: options.nodeToken,
    registryUrl: () => urlOf(context, code, REGISTRY),
    clock,
    randomness: context.chance(party),
    timeoutMs,
    maxBytes: config.message.maxBytes,
    log: context.log(party),
    observe: journal.observe,
    ready: options.ready,
  });
}
