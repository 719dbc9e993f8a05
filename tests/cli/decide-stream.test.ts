import { PassThrough, Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { decideStream } from '../../src/cli/decide/decide-stream.ts';
import { LONGEST_LINE } from '../../src/cli/decide/lines.ts';
import { fc } from '../support/property.ts';

/** What comes out, line by line, when every line is answered with what was understood. */
async function answers(chunks: Iterable<Uint8Array | string>): Promise<string[]> {
  let written = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  await decideStream(Readable.from(chunks), output, (line) => JSON.stringify({ line }));
  return written === '' ? [] : written.replace(/\n$/, '').split('\n');
}
const echo = (line: string) => JSON.stringify({ line });
const bytes = (text: string) => Buffer.from(text);

describe('lines', () => {
  test('end in LF or CRLF, the last one may end with the input, blank ones are left out', async () => {
    expect(await answers([bytes('a\r\n\n  \nb\r\n\r\nc')])).toEqual(['a', 'b', 'c'].map(echo));
    expect(await answers([])).toEqual([]);
    expect(await answers([bytes('\n\n')])).toEqual([]);
  });

  test('may begin with a byte order mark', async () => {
    expect(await answers([bytes('\ufeffa\nb')])).toEqual(['a', 'b'].map(echo));
  });

  test('that are no UTF-8 are errors, the next one is read again', async () => {
    const [bad, good] = await answers([Buffer.from([0x61, 0xff, 0x0a]), bytes('b\n')]);
    expect(bad).toContain('not UTF-8');
    expect(good).toBe(echo('b'));
  });

  test('come out the same wherever the input is cut into chunks', async () => {
    const text = '照会一\r\n照会二\n\n照会三🗾\n最後';
    const whole = await answers([bytes(text)]);
    expect(whole).toEqual(['照会一', '照会二', '照会三🗾', '最後'].map(echo));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes(text).length)), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes(text).length];
        const chunks = at.slice(1).map((end, n) => bytes(text).subarray(at[n], end));
        expect(await answers(chunks)).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  test('that are too long are one error each, however they arrive', async () => {
    const fits = 'x'.repeat(LONGEST_LINE);
    const long = `${fits}x`;
    for (const size of [1000, 65_536, 1_000_000]) {
      const all = bytes(`${fits}\r\n${long}\r\n${long.repeat(3)}\nnext\n${long}`);
      const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
        all.subarray(n * size, (n + 1) * size),
      );
      const [first, second, third, fourth, last, ...more] = await answers(chunks);
      expect(first).toBe(echo(fits));
      expect(fourth).toBe(echo('next'));
      for (const error of [second, third, last]) expect(error).toContain('longer than 65536 bytes');
      expect(more).toEqual([]);
    }
  });
});

test('an endless line costs no memory', async () => {
  let chunks = 0;
  function* endless() {
    const chunk = Buffer.alloc(65_536, 0x78);
    for (; chunks < 4000; chunks++) yield chunk;
  }
  const before = process.memoryUsage().rss;
  const [error, ...more] = await answers(endless());
  expect(error).toContain('longer than');
  expect(more).toEqual([]);
  // A quarter of a gigabyte went through.
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test('no more is read than is taken', async () => {
  let given = 0;
  async function* source() {
    for (; given < 100_000; given++) yield bytes(`${'x'.repeat(1000)}\n`);
  }
  const taken = Promise.withResolvers<void>();
  const output = new Writable({
    // The first chunk is never acknowledged.
    write() {
      taken.resolve();
    },
  });
  const done = decideStream(source(), output, echo);
  await taken.promise;
  for (let turn = 0; turn < 1000; turn++) await new Promise(setImmediate);
  expect(given).toBeLessThan(200);
  output.destroy();
  await done;
});

describe('a reader that goes away', () => {
  test('ends it quietly', async () => {
    const output = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    await expect(decideStream(Readable.from([bytes('a\nb\n')]), output, echo)).resolves.toBe(
      undefined,
    );
  });

  test('is told from a full disk', async () => {
    const output = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' }));
      },
    });
    const work = decideStream(Readable.from([bytes('a\n')]), output, echo);
    await expect(work).rejects.toThrow('ENOSPC');
  });
});

test('the output stays open for whoever writes next', async () => {
  const output = new PassThrough();
  await decideStream(Readable.from([bytes('a\n')]), output, echo);
  expect(output.writable).toBe(true);
});
