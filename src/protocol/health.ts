import { z } from 'zod';

const Health = z.object({ status: z.string(), service: z.string() });

/** Whether a service is running, and whether it can do its work. */
export const health = {
  live: { path: '/healthz', responses: { 200: Health } },
  ready: { path: '/readyz', responses: { 200: Health, 503: Health } },
} as const;
