import { expect, test } from 'vitest';
import { contains } from '../../src/compliance/run/contains.ts';

const answer = {
  users: [
    { user: 'jocho', roles: ['supervisor'], department: { code: 'soumu', name: '総務課' } },
    { user: 'tanto', roles: ['officer'], disabled: false },
  ],
};

test('an entry is found wherever it is, by the members that are written', () => {
  expect(contains(answer, { user: 'tanto', disabled: false })).toBe(true);
  expect(contains(answer, { user: 'jocho', department: { code: 'soumu' } })).toBe(true);
  expect(contains(answer, { name: '総務課' })).toBe(true);
});

test('what is not there in one object is not found', () => {
  for (const wanted of [
    ...[
      { user: 'jocho', disabled: false },
      { user: 'kanri' },
      { roles: ['officer', 'supervisor'] },
    ],
    ...[{ user: null }, { roles: 'officer' }, { department: 'soumu' }, { department: {}, x: 1 }],
  ]) {
    expect(contains(answer, wanted), JSON.stringify(wanted)).toBe(false);
  }
  expect(contains(undefined, {})).toBe(false);
  expect(contains('user', { length: 4 })).toBe(false);
});
