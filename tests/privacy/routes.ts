import type { TestNetwork } from '../support/test-network.ts';
import { resolved, type Schema } from './sample.ts';

/** One thing that can be asked of a party. */
export interface Route {
  readonly party: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly inPath: readonly string[];
  readonly inQuery: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  /** By media type. */
  readonly body: Readonly<Record<string, Schema>>;
}

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: unknown;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: unknown }>>;
  };
}

/** All routes of a party, as its own document tells them: a new one is there without anybody saying so. */
export async function routesOf(net: TestNetwork, party: string): Promise<Route[]> {
  const document = (await net.get(party, '/openapi.json')).json;
  const paths = document.paths as Record<string, Record<string, Operation>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { parameters = [], requestBody }]): Route => ({
        party,
        method: method.toUpperCase() as Route['method'],
        path,
        inPath: parameters.filter((each) => each.in === 'path').map(({ name }) => name),
        inQuery: parameters
          .filter((each) => each.in === 'query')
          .map(({ name, required = false, schema }) => ({
            ...{ name, required },
            schema: resolved(document, schema),
          })),
        body: Object.fromEntries(
          Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => [
            type,
            resolved(document, schema),
          ]),
        ),
      }),
    ),
  );
}
