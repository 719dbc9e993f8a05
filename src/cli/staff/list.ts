import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { staff, UserView } from '../../protocol/node-api/staff.ts';
import { writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { usersText, userText } from './print.ts';

export const placeOf = (user: string): string => `/v1/staff/${encodeURIComponent(user)}`;

/** `renkei staff list`: users and authorities. */
export const listCommand = (): Command =>
  atNode(
    new Command('list').description('利用者と権限の一覧 / all users and what they may do'),
    'kanri',
  ).action(async (options: AtNode) => {
    const answer = await callNode(callerAt(options), '/v1/staff');
    if (options.json) return writeJson(answer);
    process.stdout.write(usersText(fitted(staff.list.responses[200], answer).users));
  });

/** `renkei staff show` */
export const showCommand = (): Command =>
  atNode(
    new Command('show')
      .description('一人の権限 / one user and what they may do')
      .argument('<user>'),
    'kanri',
  ).action(async (user: string, options: AtNode) => {
    const answer = await callNode(callerAt(options), placeOf(user));
    if (options.json) return writeJson(answer);
    process.stdout.write(userText(fitted(UserView, answer)));
  });
