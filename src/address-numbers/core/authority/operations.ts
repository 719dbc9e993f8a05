import type { RIGHTS } from '../../../protocol/persons-api/authority.ts';
import type { Role } from './caller.ts';

/** What a grant can allow. */
export type Right = (typeof RIGHTS)[number];

interface Rule {
  readonly roles: readonly Role[];
  /** Business systems may as well. */
  readonly systems?: true;
  /** Needed besides: for the affair, where the operation is for one. */
  readonly right?: Right;
}

const DESK: readonly Role[] = ['officer', 'supervisor'];

/** What can be done here, and by whom. */
export const OPERATIONS = {
  'persons.find': { roles: DESK, systems: true, right: 'find' },
  'persons.reverse': { roles: DESK, systems: true, right: 'reverse' },
  'persons.show': { roles: DESK, systems: true, right: 'show' },
  'persons.confirm': { roles: DESK, systems: true, right: 'confirm' },
  'persons.register': { roles: DESK, systems: true, right: 'register' },
  'persons.change': { roles: DESK, systems: true, right: 'change' },
  'persons.acquire': { roles: DESK, systems: true, right: 'acquire' },
  'persons.link': { roles: [], systems: true, right: 'link' },
  'changes.propose': { roles: DESK, right: 'merge' },
  'changes.show': { roles: DESK, right: 'merge' },
  'changes.approve': { roles: ['supervisor'], right: 'merge' },
  'changes.decline': { roles: DESK, right: 'merge' },
  'grants.show': { roles: ['supervisor', 'administrator', 'auditor'] },
  'grants.give': { roles: ['supervisor', 'administrator'] },
  'grants.withdraw': { roles: ['supervisor', 'administrator'] },
  'log.show': { roles: ['supervisor', 'auditor'] },
} as const satisfies Readonly<Record<string, Rule>>;
export type OperationName = keyof typeof OPERATIONS;

export const ruleOf = (operation: OperationName): Rule => OPERATIONS[operation];
