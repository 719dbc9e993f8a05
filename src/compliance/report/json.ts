import { type Report, ReportSchema } from './report.ts';

/** The report as JSON, in the shape that report.schema.json publishes. */
export const jsonReport = (report: Report): string =>
  `${JSON.stringify(ReportSchema.parse(JSON.parse(JSON.stringify(report))), null, 2)}\n`;
