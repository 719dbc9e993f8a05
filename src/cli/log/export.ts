import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { fromBase64url } from '../../protocol/encoding.ts';
import { formatVerifierKey, verifierKey } from '../../protocol/log/log-key.ts';
import { originOf } from '../../protocol/log/origin.ts';
import { directory } from '../../protocol/messages/directory.ts';
import { type Operating, operating, writeJson, writeLine } from '../control/group.ts';
import { theOperator } from '../control/operator.ts';
import { theRunning } from '../query/find-network.ts';
import { unreachable } from '../query/unreachable.ts';
import { auditorsFormat, FORMATS, type Format, formatOf } from './formats.ts';
import { KEYS_FILE } from './keys.ts';

interface Options extends Operating {
  readonly party?: string;
  readonly format: string;
}

/** `renkei log export`: each party’s whole log into a folder, with the keys to verify it offline. */
export const exportCommand = (): Command =>
  operating(
    new Command('export')
      .description('各当事者のログを書き出す / write every log, and the keys, into a folder')
      .argument('<folder>')
      .option('--party <code>', '一つの当事者だけ / only this party: gateway or an agency')
      .option('--format <name>', `形式 / ${FORMATS.join(', ')}`, 'ndjson')
      .addHelpText(
        'after',
        '\nndjson は verify と audit が読む形式。jsonl と csv は監査人が読む記録だけの形式。\nndjson is what verify and audit read; jsonl and csv are the records alone, for auditors.',
      ),
  ).action(async (folder: string, options: Options) => {
    const format = formatOf(options.format);
    const { running, path: runningFile } = theRunning(options.running);
    const { url, token } = theOperator(options.running);
    const parties = ['gateway', ...running.agencies.map(({ code }) => code)].filter(
      (party) => options.party === undefined || party === options.party,
    );
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const files: string[] = [];
    const published = await keysOfAll(running.gateway).catch((cause: unknown) => {
      throw unreachable(running.gateway, runningFile, cause);
    });
    for (const party of parties) {
      try {
        const answer = await fetch(`${url}/v1/logs/${party}/export`, {
          headers: { authorization: `Bearer ${token}` },
        });
        if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
        const file = join(folder, `renkei-${party}.${format}`);
        await save(Readable.fromWeb(answer.body), file, format);
        files.push(file);
      } catch (cause) {
        throw unreachable(url, runningFile, cause);
      }
    }
    const keys = [...published.values()].flat();
    await writeFile(join(folder, KEYS_FILE), `${keys.join('\n')}\n`);
    if (options.json) writeJson({ files, keys: join(folder, KEYS_FILE) });
    else for (const file of files) writeLine(`書き出しました / exported: ${file}`);
  });

async function save(from: Readable, file: string, format: Format): Promise<void> {
  const to = createWriteStream(file, { mode: 0o600 });
  await once(to, 'open');
  if (format === 'ndjson') await pipeline(from, to);
  else await pipeline(from, auditorsFormat(format), to);
}

const Published = z.looseObject({ message: z.string() });

/**
 * The keys of all logs out of the gateway’s directory. It is signed, but by whom would be asked of the same gateway:
 * whoever audits compares the keys with those that they were given another way.
 */
async function keysOfAll(gateway: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { message } = Published.parse(await (await fetch(`${gateway}/v1/directory`)).json());
  const { entries } = directory.claims.parse(decodeJwt(message));
  return new Map(
    entries.map(({ code, keys }) => [
      code,
      keys
        .filter(({ use }) => use === 'log')
        .map(({ x }) =>
          formatVerifierKey(verifierKey(originOf(code), 'ed25519', fromBase64url(x))),
        ),
    ]),
  );
}
