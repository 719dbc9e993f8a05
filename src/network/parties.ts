import { type AgencyNode, startAgency } from '../agency/index.ts';
import { startGateway } from '../gateway/index.ts';
import { GATEWAY, REGISTRY } from '../protocol/identifiers.ts';
import { verifierOf } from '../protocol/keys.ts';
import { informationCode } from '../protocol/permission/codes.ts';
import { startRegistry } from '../registry/index.ts';
import { isOfficeHoliday } from '../service/japanese-calendar.ts';
import { makePasswords } from '../service/passwords.ts';
import { makeVault } from '../service/vault.ts';
import { systemEntries } from './business-systems.ts';
import { keepText } from './config/fields.ts';
import { type NetworkContext, urlOf } from './context.ts';
import { derived } from './keys.ts';
import { type Credentials, type makeCredentials, readyStaffOf } from './principals.ts';
import { registrationsOf } from './registrations.ts';
import { agencyFile, gatewayFile, registryFile } from './storage.ts';

const DAY = 24 * 60 * 60;
const HOUR = 60 * 60;
/** Answers given at once are kept this long, in case the reply was lost on its way. */
const ANSWER_KEEP_SECONDS = 600;

/** What a party’s storage in memory begins with, when the network goes back to a snapshot. */
type Contents = Uint8Array | undefined;

/** How a party speaks and listens inside the network. */
const wired = ({ wire, doors }: NetworkContext, party: string, timeoutMs: number) => ({
  wrapHttp: wire.client(party, timeoutMs),
  serve: doors.of(party),
});

export function gatewayOf(context: NetworkContext, ready: () => boolean, contents?: Contents) {
  const { config, keys, clock, journal } = context;
  return startGateway({
    path: gatewayFile(context.storage),
    contents,
    ...wired(context, GATEWAY, config.provider.timeoutSeconds * 1000),
    listen: context.listen('gateway'),
    signer: keys.gateway.signer,
    mint: keys.mint,
    logKeys: keys.gateway.log,
    proofs: context.proofs,
    keep: keepText(config.retention.period),
    registrations: registrationsOf(config, keys),
    law: context.law,
    urlOf: (agency) => urlOf(context, GATEWAY, agency),
    clock,
    randomness: context.chance(GATEWAY),
    settings: {
      permitSeconds: config.permit.lifetimeSeconds,
      toleranceSeconds: config.message.toleranceSeconds,
      answerKeepSeconds: ANSWER_KEEP_SECONDS,
      deliveryKeepSeconds: config.deliveries.keepDays * DAY,
      directorySeconds: config.directory.lifetimeHours * HOUR,
      keyOverlapSeconds: config.keys.overlapHours * HOUR,
      listsSeconds: config.permissionLists.lifetimeHours * HOUR,
    },
    providerTimeoutMs: config.provider.timeoutSeconds * 1000,
    maxBytes: config.message.maxBytes,
    log: context.log(GATEWAY),
    observe: journal.observe,
    ready,
    ...(context.gatewayOverrides && { overrides: context.gatewayOverrides }),
  });
}

export function registryOf(context: NetworkContext, ready: () => boolean, contents?: Contents) {
  const { config, keys, clock, world, journal } = context;
  return startRegistry({
    path: registryFile(context.storage),
    contents,
    listen: context.listen('registry'),
    ...wired(context, REGISTRY, gatewayTimeoutMs(context)),
    residents: new Map(
      world.residents.map(({ individualNumber, residentCode }) => [individualNumber, residentCode]),
    ),
    cards: context.cards.make,
    agencyKeys: new Map(
      [...keys.agencies].map(([code, own]) => [code, [own.addressNumbers.publicKey]]),
    ),
    signer: keys.registry.signer,
    gatewayUrl: () => urlOf(context, REGISTRY, GATEWAY),
    clock,
    randomness: context.chance(REGISTRY),
    toleranceSeconds: config.message.toleranceSeconds,
    timeoutMs: gatewayTimeoutMs(context),
    maxBytes: config.message.maxBytes,
    log: context.log(REGISTRY),
    observe: journal.observe,
    ready,
  });
}

export async function agencyOf(
  context: NetworkContext,
  code: string,
  {
    credentials,
    principals,
    ready,
    overrides,
    contents,
  }: {
    credentials: Credentials;
    principals: ReturnType<typeof makeCredentials>['principals'];
    ready: () => boolean;
    overrides: Partial<AgencyNode>;
    contents?: Contents;
  },
) {
  const { config, keys, clock, journal } = context;
  const own = keys.agencies.get(code);
  const agency = config.agencies.find((each) => each.code === code);
  if (!own || !agency) throw new RangeError(`no agency ${code}`);
  return await startAgency({
    code,
    name: agency.name,
    path: agencyFile(context.storage, code, 'node'),
    contents,
    ...wired(context, code, gatewayTimeoutMs(context)),
    listen: context.listen({ node: code }),
    firstKey: own.node,
    logPublicKeys: own.log.publicKeys,
    logKeys: own.log,
    gatewayLogKeys: {
      log: keys.gateway.log.log.publicKey,
      witness: keys.gateway.log.witness.publicKey,
    },
    proofs: context.proofs,
    keep: keepText(agency.retention ?? config.retention.period),
    gatewayKey: await verifierOf(keys.gateway.publicKey),
    gatewayUrl: () => urlOf(context, code, GATEWAY),
    compileLaw: context.compileLaw,
    layouts: context.layouts,
    principals,
    businessSystems: await systemEntries(agency, config.seed),
    clock,
    randomness: context.chance(code),
    isWorkingDay: (day) => !isOfficeHoliday(day),
    vault: makeVault(derived(config.seed, 'vault', code)),
    passwords: makePasswords({
      memory: config.staff.password.memoryKiB,
      passes: config.staff.password.passes,
      lanes: 1,
    }),
    readyStaff: readyStaffOf(config.seed, code, credentials),
    settings: {
      toleranceSeconds: config.message.toleranceSeconds,
      resultKeepSeconds: config.results.keepDays * DAY,
      // Later than this the gateway has nothing left to deliver.
      inquiryKeepSeconds: config.deliveries.keepDays * DAY,
      reviews: {
        dueDays: config.reviews.dueDays,
        closesAt: config.reviews.closesAt,
        lapseSeconds: config.reviews.lapseDays * DAY,
      },
      manualProvision: new Set(agency.manualProvision.map(informationCode)),
      staff: config.staff,
      batches: config.batches,
      anomalies: config.anomalies,
      approvalSeconds: config.inquiries.approvalHours * HOUR,
    },
    gatewayTimeoutMs: gatewayTimeoutMs(context),
    maxBytes: config.message.maxBytes,
    log: context.log(code),
    observe: journal.observe,
    ready,
    overrides,
  });
}

/** Longer than the gateway waits for a provider, so that its own answer comes first. */
const gatewayTimeoutMs = ({ config }: NetworkContext): number =>
  (config.provider.timeoutSeconds + 5) * 1000;
