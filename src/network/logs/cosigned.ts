import { checkpointText } from '../../protocol/log/checkpoint.ts';
import { cosignatureVerifier, cosignedAt } from '../../protocol/log/cosignature.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import { originOf } from '../../protocol/log/origin.ts';
import { parseSignature } from '../../protocol/log/signed-note.ts';
import type { Watched } from '../network.ts';
import { loggingParty, logKeysOf } from './parties.ts';

/** The newest cosignature that a witness gave to a party’s log. */
export interface Cosigned {
  readonly witness: string;
  /** Records that it covers. */
  readonly size: number;
  /** ISO 8601. */
  readonly at: string;
  /** @throws LogInvalid when it is not the witness’s word on the tree as it is now */
  verify(): void;
}

/** Who cosigned a party’s log, and up to where. @throws RenkeiError not_found */
export function cosignaturesOf(network: Watched, party: string): Cosigned[] {
  const { records, peers } = loggingParty(network, party).log;
  return [...peers.all()].flatMap(([witness, { cosigned }]) => {
    if (!cosigned || cosigned.size > records.head.size) return [];
    const { size } = cosigned;
    const line = parseSignature(cosigned.signature);
    const verify = () => {
      const keys = logKeysOf(network, witness);
      if (!keys) throw new LogInvalid('key', { name: originOf(witness) });
      const text = checkpointText({ origin: originOf(party), size, root: records.root(size) });
      cosignatureVerifier(originOf(witness), keys.witness).verify(text, line.signature);
    };
    return [{ witness, size, at: new Date(cosignedAt(line) * 1000).toISOString(), verify }];
  });
}
