import { expect, test } from 'vitest';
import type { SigningKey } from '../../src/agency/core/keys/ports.ts';
import type { AgencyStore } from '../../src/agency/core/ports.ts';

const seed = new Uint8Array(60).fill(3);
const made: SigningKey = {
  kid: '11202.node.2',
  x: 'second',
  state: 'announced',
  seed,
  madeAt: 5,
  old: 'retire',
};
const plain = (keys: readonly SigningKey[]) => JSON.parse(JSON.stringify(keys));

/** What the core relies on of signing keys, whatever keeps them. */
export function keysContract(open: () => AgencyStore): void {
  test('come back as they were put, the latest first and the first key last', async () => {
    const { transact, read } = open();
    expect(read.keys()).toEqual([]);
    await transact((tx) => tx.putKey(made));
    expect(plain(read.keys())).toEqual(plain([made]));
    const current = { ...made, state: 'current', since: 6, old: undefined } as const;
    const first = { kid: '11202.node.1', x: 'first', state: 'retiring', retiresAt: 7 } as const;
    const third = { ...made, kid: '11202.node.3', x: 'third' };
    await transact((tx) => {
      tx.putKey(first);
      tx.putKey(current);
      tx.putKey(third);
    });
    expect(plain(read.keys())).toEqual(plain([third, current, first]));
    await transact((tx) => tx.dropKey(third.kid));
    const retired = { ...first, state: 'retired' } as const;
    await transact((tx) => tx.putKey(retired));
    expect(plain(read.keys())).toEqual(plain([current, retired]));
    expect(read.keys()[0]?.seed).toEqual(seed);
  });

  test('one signs and one is announced at most; who signs no more has no secret', async () => {
    const { transact, read } = open();
    await transact((tx) => tx.putKey(made));
    const other = { ...made, kid: '11202.node.3', x: 'third' };
    for (const wrong of [
      other,
      { ...other, state: 'current', seed: undefined },
      { ...other, state: 'retired' },
      { ...other, state: 'revoked' },
      { ...other, state: 'current', x: made.x },
    ] as const) {
      await expect(
        transact((tx) => tx.putKey(wrong)),
        wrong.state,
      ).rejects.toThrow();
    }
    expect(read.keys()).toHaveLength(1);
  });
}
