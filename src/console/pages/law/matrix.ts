import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import type { Matrix } from './shapes.ts';

const CELL = 18;
const LEFT = 250;
const TOP = 210;
const MOST = 30;

const short = (name: string) => (name.length > 15 ? `${name.slice(0, 14)}…` : name);

/** Who may ask whom, drawn: the darker, the more kinds of information. The same numbers stand in the cells’ titles. */
export function matrixPicture({ say }: Page, { rows }: Matrix): Html {
  const total = (providers: Readonly<Record<string, number>>) =>
    Object.values(providers).reduce((sum, each) => sum + each, 0);
  const inquirers = [...rows]
    .sort((a, b) => total(b.providers) - total(a.providers))
    .slice(0, MOST);
  const asked = new Map<string, number>();
  for (const { providers } of rows)
    for (const [name, kinds] of Object.entries(providers))
      asked.set(name, (asked.get(name) ?? 0) + kinds);
  const providers = [...asked]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([name]) => name);
  const most = Math.max(1, ...inquirers.flatMap((row) => Object.values(row.providers)));
  const [width, height] = [LEFT + providers.length * CELL + 10, TOP + inquirers.length * CELL + 10];
  const cells = inquirers.flatMap((row, down) =>
    providers.flatMap((provider, across) => {
      const kinds = row.providers[provider];
      if (kinds === undefined) return [];
      const strength = Math.ceil((Math.log1p(kinds) / Math.log1p(most)) * 5);
      return [
        html`<rect class="m${strength}" x="${LEFT + across * CELL}" y="${TOP + down * CELL}" width="${CELL - 2}" height="${CELL - 2}"><title>${row.inquirer} → ${provider}: ${kinds}</title></rect>`,
      ];
    }),
  );
  const label = say(
    '照会者（行）と提供者（列）ごとの、特定個人情報の種類の数',
    'Kinds of information by inquirer (row) and provider (column)',
  );
  return html`<p class="soft">${label}. ${rows.length > MOST ? say(`多い順に${MOST}者ずつ`, `The ${MOST} with most of each`) : ''}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${label}">
<svg class="matrix" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">
${providers.map((name, across) => html`<text transform="translate(${LEFT + across * CELL + 12},${TOP - 6}) rotate(-60)"><title>${name}</title>${short(name)}</text>`)}
${inquirers.map(({ inquirer }, down) => html`<text x="${LEFT - 6}" y="${TOP + down * CELL + 13}" text-anchor="end"><title>${inquirer}</title>${short(inquirer)}</text>`)}
${cells}</svg></div>`;
}
