import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { newIdentity } from '../../service/age/new-identity.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { usage } from '../output/cli-failure.ts';
import { harmless } from '../output/style.ts';

/** `renkei media key`: a key pair of the age format; its secret half stays in the file, with whoever will read. */
export const keyCommand = (): Command =>
  new Command('key')
    .description('書き出したファイルを読むための鍵を作る / make a key that opens what is written')
    .requiredOption('--out <file>', '秘密鍵のファイル / file for the secret key')
    .option('--post-quantum', '量子計算機にも耐える鍵 / X25519 with ML-KEM-768')
    .option('--json', 'JSON で出す / as JSON')
    .action(async (options: { out: string; postQuantum?: boolean; json?: boolean }) => {
      const { out, postQuantum = false, json } = options;
      const { identity, recipient } = await newIdentity({ postQuantum });
      try {
        // Never over another key.
        writeFileSync(out, `# public key: ${recipient}\n${identity}\n`, {
          mode: 0o600,
          flag: 'wx',
        });
      } catch (cause) {
        const there = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
        if (!there) throw cause;
        throw usage(
          `ファイル ${harmless(out)} はすでにあります`,
          `there is a file ${harmless(out)}`,
        );
      }
      if (json) writeJson({ recipient });
      else writeLine(recipient);
    });
