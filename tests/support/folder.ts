import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that goes with its test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'renkei-test-'));
  made.push(folder);
  return folder;
}

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** All files under a folder with their bytes, write-ahead logs included. */
export const filesIn = (folder: string): { name: string; bytes: Buffer }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((name) => ({ name, bytes: readFileSync(name) }));

/** The ways in which bytes could lie somewhere. */
export const spellings = (secret: Uint8Array): Buffer[] => {
  const bytes = Buffer.from(secret);
  return [
    bytes,
    Buffer.from(bytes.toString('base64url')),
    // Without the padding, and without the last character, whose spare bits another encoder could set.
    Buffer.from(bytes.toString('base64').replace(/.=*$/, '')),
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
  ];
};

/** Names of the files in which something can be found. */
export const filesWith = (
  files: readonly { name: string; bytes: Buffer }[],
  needle: Uint8Array | string,
): string[] => {
  const needles = typeof needle === 'string' ? [Buffer.from(needle)] : spellings(needle);
  return files
    .filter(({ bytes }) => needles.some((each) => bytes.includes(each)))
    .map(({ name }) => name);
};
