import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { AgencyCode } from '../../protocol/identifiers.ts';

/** An agency as far as deciding goes. */
export interface AgencyRoles {
  readonly roles: readonly string[];
}

const DEFAULT = 'renkei.yaml';

/** What `renkei decide` needs of the network's configuration; the rest is none of its business. */
const configuration = z.object({
  agencies: z.array(z.object({ code: AgencyCode, roles: z.array(z.string()) })),
});

/**
 * The agencies of a network by code, from its configuration. Without `config`, renkei.yaml here, if
 * there is one. Throws what the file system and the YAML reader throw, and on a wrong shape.
 */
export async function loadAgencies(
  config: string | undefined,
): Promise<ReadonlyMap<string, AgencyRoles>> {
  let text: string;
  try {
    text = await readFile(config ?? DEFAULT, 'utf8');
  } catch (error) {
    if (
      config === undefined &&
      error instanceof Error &&
      'code' in error &&
      error.code === 'ENOENT'
    ) {
      return new Map();
    }
    throw error;
  }
  const { agencies } = configuration.parse(parse(text));
  return new Map(agencies.map(({ code, roles }) => [code, { roles }]));
}
