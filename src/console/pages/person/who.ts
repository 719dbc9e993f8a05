import { html } from 'hono/html';
import type { Html } from '../../frame/page.ts';

/** Whose card is in the reader, and which days of the history are wanted. It stays in forms: no number is in an address. */
export interface Who {
  readonly resident: string;
  readonly agency: string;
  readonly from: string;
  readonly until: string;
}

export const whoIn = (fields: FormData): Who => {
  const of = (name: string) => String(fields.get(name) ?? '').trim();
  return { resident: of('resident'), agency: of('agency'), from: of('from'), until: of('until') };
};

/** The same again in another form. */
export const hiddenOf = (who: Who): Html[] =>
  Object.entries(who).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
