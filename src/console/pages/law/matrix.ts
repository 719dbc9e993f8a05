import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import type { Matrix } from './shapes.ts';

const CELL = 25;
const LEFT = 290;
const TOP = 200;
const MOST = 30;
const STRENGTHS = 5;
/** How far a slanted name reaches to the right of its column. */
const SLANT = 145;

const short = (name: string) => (name.length > 19 ? `${name.slice(0, 18)}…` : name);

/** Who may ask whom, drawn: the darker, the more kinds of information; how many stands in the cell. */
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
  const strengthOf = (kinds: number) =>
    Math.ceil((Math.log1p(kinds) / Math.log1p(most)) * STRENGTHS);
  const [right, bottom] = [LEFT + providers.length * CELL, TOP + inquirers.length * CELL];
  const [width, height] = [right + SLANT, bottom + 10];
  const x = (across: number) => LEFT + across * CELL;
  const y = (down: number) => TOP + down * CELL;
  const cells = inquirers.flatMap((row, down) =>
    providers.flatMap((provider, across) => {
      const kinds = row.providers[provider];
      if (kinds === undefined) return [];
      const strength = strengthOf(kinds);
      return [
        html`<g><title>${row.inquirer} → ${provider}: ${kinds}</title><rect class="cell m${strength}" x="${x(across) + 1}" y="${y(down) + 1}" width="${CELL - 2}" height="${CELL - 2}" rx="3"/><text class="kinds ${strength > 3 ? 'on' : ''}" x="${x(across) + CELL / 2}" y="${y(down) + 16.5}" text-anchor="middle">${kinds}</text></g>`,
      ];
    }),
  );
  const label = say(
    '照会者（行）と提供者（列）ごとの、特定個人情報の種類の数',
    'Kinds of information by inquirer (row) and provider (column)',
  );
  const lines = [
    ...inquirers.map((_, down) => ({ x1: 0, x2: right, y1: y(down), y2: y(down) })),
    ...providers.map((_, across) => ({ x1: x(across), x2: x(across), y1: TOP, y2: bottom })),
  ];
  return html`<section class="card"><p class="soft">${label}${rows.length > MOST ? say(`。多い順に${MOST}者ずつ`, `. The ${MOST} with most of each`) : ''}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${label}">
<svg class="matrix" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">
${lines.map(({ x1, x2, y1, y2 }) => html`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke-width="1"/>`)}
${providers.map((name, across) => html`<text transform="translate(${x(across) + 16},${TOP - 8}) rotate(-55)"><title>${name}</title>${short(name)}</text>`)}
${inquirers.map(({ inquirer }, down) => html`<text x="${LEFT - 10}" y="${y(down) + 17}" text-anchor="end"><title>${inquirer}</title>${short(inquirer)}</text>`)}
${cells}</svg></div></section>`;
}
