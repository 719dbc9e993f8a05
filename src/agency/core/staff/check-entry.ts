import { japaneseDay } from '../../../protocol/day.ts';
import { malformed } from '../../../protocol/encoding.ts';
import type { AgencyNode } from '../node.ts';
import type { AgencyReads } from '../ports.ts';
import { dayAfter } from './standing.ts';
import type { User, UserEntry } from './users.ts';

/** @throws RenkeiError message_malformed */
export function checkEntry(
  node: AgencyNode,
  read: AgencyReads,
  login: string,
  entry: UserEntry,
): void {
  const { department, validFrom, validUntil, persons, roles } = entry;
  if (!read.department(department)) throw malformed('その部署はありません', 'No such department');
  if (roles.length === 0) throw malformed('役割がありません', 'A user has at least one role');
  if (roles.includes('auditor') && roles.length > 1) {
    throw malformed('監査の役割は兼ねられません', 'Whoever audits has no other role');
  }
  const { validDays } = node.settings.staff;
  if (validUntil < validFrom) throw malformed('有効期間が逆です', 'Valid until before it is valid');
  // What was valid for longer before, the simulator’s ready users for example, stays so.
  const before = read.user(login)?.validUntil;
  if (
    validUntil !== before &&
    validUntil > dayAfter(laterOf(validFrom, japaneseDay(node.clock.now())), validDays)
  ) {
    throw malformed(
      `有効期間は ${validDays} 日までです`,
      `An id is valid for ${validDays} days at most`,
    );
  }
  checkPersons(read, login, persons);
}

function checkPersons(
  read: AgencyReads,
  login: string,
  persons: readonly string[] | undefined,
): void {
  if (persons === undefined) return;
  if (persons.length === 0)
    throw malformed('共用する人がありません', 'A shared id names its users');
  if (read.users().some((user) => user.login !== login && isPerson(read, user, login))) {
    throw malformed('この名前は人の名前です', 'This name is a person’s already');
  }
  for (const person of persons) {
    // A name is one person everywhere, or two people could not be told apart (invariant 7).
    if (person === login || read.user(person)?.shared) {
      throw malformed('共用の ID は人ではありません', 'A shared id is no person');
    }
  }
}

const isPerson = (read: AgencyReads, { login, shared }: User, name: string): boolean =>
  shared && read.factors(login).some(({ person }) => person === name);

const laterOf = (one: string, other: string): string => (one > other ? one : other);
