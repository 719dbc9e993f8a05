export const batchPath = (id: string): string => `/v1/batches/${encodeURIComponent(id)}`;
