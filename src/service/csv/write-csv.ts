import { stringify } from 'csv-stringify/sync';

/** Records as CSV text (RFC 4180: CRLF, quotes where needed). A page of them at a time costs least. */
export const csvText = (records: readonly (readonly string[])[]): string =>
  stringify(
    records.map((cells) => [...cells]),
    // Either character alone would end the record for some reader.
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
