import type { Command } from 'commander';
import { z } from 'zod';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { askControl, theOperator } from '../control/operator.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';

/** The options of commands at one party’s log: a node’s by its staff, the gateway’s by the operator. */
export const atLog = (command: Command, as: string): Command =>
  atNode(command, as).addHelpText(
    'after',
    '\n--agency gateway は情報提供ネットワークシステム自身の記録（操作者として）。\n--agency gateway: the gateway’s own records, as the operator.',
  );

/** Asks the party for a path under its log; a POST with a body. @throws RenkeiError, CliFailure */
export async function askLog(options: AtNode, path: string, body?: unknown): Promise<unknown> {
  if (options.agency !== GATEWAY) return await callNode(callerAt(options), `/v1/log${path}`, body);
  const operator = theOperator(options.running);
  return await askControl(operator, `/v1/logs/${GATEWAY}${path}`, z.unknown(), body);
}
