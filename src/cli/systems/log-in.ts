import { Command } from 'commander';
import { z } from 'zod';
import { fitted } from '../../client/call/read-answer.ts';
import {
  ASSERTION_TYPE,
  GRANT_TYPE,
  signClientAssertion,
} from '../../protocol/client-assertion.ts';
import { base64url } from '../../protocol/encoding.ts';
import { TokenView } from '../../protocol/node-api/business-systems.ts';
import { problemOf } from '../../service/http-client/problem-of.ts';
import { systemRandomness } from '../../service/randomness.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { askControl, theOperator } from '../control/operator.ts';
import { agencyAt } from '../node/call-node.ts';
import { unreachable } from '../query/unreachable.ts';
import { readPrivateKey } from './key-file.ts';

interface Options {
  readonly agency: string;
  readonly system: string;
  readonly key: string;
  readonly running?: string;
  readonly json?: boolean;
}

const Clock = z.object({ now: z.iso.datetime() });

/** `renkei systems token`: logs in as a developer’s own program would (private_key_jwt, RFC 7523). */
export const tokenCommand = (): Command =>
  new Command('token')
    .description('業務システムとしてログインし、トークンを得る / log in with a key, for a token')
    .requiredOption('--agency <code|name>', '機関 / whose node')
    .requiredOption('--system <id>', '業務システムの ID / the business system')
    .requiredOption('--key <file>', '秘密鍵（JWK） / its private key')
    .option('--running <file>', '接続情報 / running.json of the network')
    .option('--json', 'JSON で出す / as JSON')
    .action(async (options: Options) => {
      const { found, agency } = agencyAt(options.agency, options.running);
      const key = await readPrivateKey(options.key);
      // By the network’s own clock: it may be a simulated one.
      const { now } = await askControl(theOperator(options.running), '/v1/clock', Clock);
      const assertion = await signClientAssertion(key, {
        client: options.system,
        audience: agency.code,
        jti: base64url(systemRandomness.bytes(16)),
        now: Date.parse(now),
      });
      const token = await tokenFor(agency.url, assertion).catch((cause: unknown) => {
        // What fetch throws when nobody listens.
        throw cause instanceof TypeError ? unreachable(agency.url, found.path, cause) : cause;
      });
      if (options.json) writeJson(token);
      else writeLine(token.access_token);
    });

async function tokenFor(url: string, assertion: string) {
  const response = await fetch(`${url}/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: GRANT_TYPE,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: assertion,
    }),
  });
  const [mediaType = ''] = (response.headers.get('content-type') ?? '').split(';');
  const body: unknown = await response.json();
  const problem = problemOf({ status: response.status, mediaType, body });
  if (problem) throw problem;
  return fitted(TokenView, body);
}
