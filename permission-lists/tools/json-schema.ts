import { z } from 'zod';
import { permissionListSchema, roleTableSchema } from '../../src/protocol/permission/schema.ts';

/** The JSON Schemas (2020-12) that stand beside the lists: file name and text. */
export const jsonSchemas = (): ReadonlyMap<string, string> =>
  new Map([
    ['permission-list.schema.json', print('照合リスト / permission list', permissionListSchema)],
    ['roles.schema.json', print('集合的な役割 / collective roles', roleTableSchema)],
  ]);

function print(title: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
