import { z } from 'zod';

/** What GET /v1/exchanges/{id}/scenario answers. */
export const ScenarioText = z.looseObject({ name: z.string(), yaml: z.string() });
