import {
  type DepartmentView,
  departments,
  type IssuedView,
  staff,
  type UserView,
} from '../../protocol/node-api/staff.ts';
import type { Calls } from '../call/calls.ts';
import type { RequestOf } from '../call/operations.ts';
import type { CallOptions } from '../options.ts';

/** Users and what they may do. Whatever is changed counts at once. */
export class Users {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  async list(options: CallOptions = {}): Promise<readonly UserView[]> {
    return (await this.#calls.read(staff.list, options)).users;
  }

  show(user: string, options: CallOptions = {}): Promise<UserView> {
    return this.#calls.read(staff.show, { ...options, params: { user } });
  }

  /** Makes a user. The answer holds a password to be changed and secrets for one-time codes, told once. */
  add(user: RequestOf<typeof staff.add>, options: CallOptions = {}): Promise<IssuedView> {
    return this.#calls.send(staff.add, user, options);
  }

  /** Changes what a user may do; their sessions end. */
  change(
    user: string,
    change: RequestOf<typeof staff.change>,
    options: CallOptions = {},
  ): Promise<IssuedView> {
    return this.#calls.send(staff.change, change, { ...options, params: { user } });
  }

  /** Withdraws a user’s authority. */
  disable(user: string, options: CallOptions = {}): Promise<IssuedView> {
    return this.#calls.send(staff.disable, {}, { ...options, params: { user } });
  }

  /** Gives it back. */
  enable(user: string, options: CallOptions = {}): Promise<IssuedView> {
    return this.#calls.send(staff.enable, {}, { ...options, params: { user } });
  }

  /** Lets somebody try again who was locked out. */
  unlock(user: string, options: CallOptions = {}): Promise<IssuedView> {
    return this.#calls.send(staff.unlock, {}, { ...options, params: { user } });
  }

  /** Gives out a password to be changed. */
  resetPassword(user: string, options: CallOptions = {}): Promise<IssuedView> {
    return this.#calls.send(staff.resetPassword, {}, { ...options, params: { user } });
  }

  /** Gives out a new secret for one-time codes. @param person at a shared id, whose */
  resetOneTimeCodes(user: string, person?: string, options: CallOptions = {}): Promise<IssuedView> {
    const body = person === undefined ? {} : { person };
    return this.#calls.send(staff.resetOneTimeCodes, body, { ...options, params: { user } });
  }
}

/** Departments and the affairs that limit their people. */
export class Departments {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  async list(options: CallOptions = {}): Promise<readonly DepartmentView[]> {
    return (await this.#calls.read(departments.list, options)).departments;
  }

  /** Makes a department, or changes it. */
  put(
    code: string,
    department: RequestOf<typeof departments.put>,
    options: CallOptions = {},
  ): Promise<DepartmentView> {
    return this.#calls.send(departments.put, department, { ...options, params: { code } });
  }
}
