import { z } from 'zod';
import { LayoutSchema } from './schema.ts';

/** JSON Schema (draft-07, which editors’ YAML plug-ins know) of what a person may write in a layout file. */
export const layoutJsonSchema = (): z.core.JSONSchema.BaseSchema => ({
  title: 'renkei layout',
  ...z.toJSONSchema(LayoutSchema, { target: 'draft-7', io: 'input' }),
});

// `node src/network/layouts/json-schema.ts > layouts/layout.schema.json` writes the file anew.
if (import.meta.main) process.stdout.write(`${JSON.stringify(layoutJsonSchema(), null, 2)}\n`);
