import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import type { AgencyStatus } from './shapes.ts';

const WIDTH = 900;
const HEIGHT = 560;
const CENTRE = { x: WIDTH / 2, y: HEIGHT / 2 };

/** The parties around the gateway. A script moves a dot along a link when messages go there; nothing else needs it. */
export function picture({ say }: Page, agencies: readonly AgencyStatus[]): Html {
  const places = [
    { code: 'registry', name: say('住基ネット（代役）', 'Registry'), health: 'up' },
    ...agencies,
  ].map((party, at, all) => {
    const angle = (2 * Math.PI * at) / all.length - Math.PI / 2;
    const x = Math.round(CENTRE.x + Math.cos(angle) * 350);
    const y = Math.round(CENTRE.y + Math.sin(angle) * 225);
    return { ...party, x, y };
  });
  const label = say(
    'ネットワーク図。各機関の状態は下の表に同じ内容',
    'The network; the table below tells the state of each party',
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${say('ネットワーク図', 'Picture of the network')}">
<svg id="network" class="network" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${places.map(({ x, y }) => html`<line x1="${CENTRE.x}" y1="${CENTRE.y}" x2="${x}" y2="${y}"/>`)}
<g id="moving"></g>
${[
  { code: 'gateway', name: say('情報提供NWS', 'Gateway'), health: 'up', ...CENTRE },
  ...places,
].map(
  ({
    code,
    name,
    health,
    x,
    y,
  }) => html`<g class="party ${health === 'up' ? '' : 'off'}" data-party="${code}" data-x="${x}" data-y="${y}">
<rect x="${x - 68}" y="${y - 20}" width="136" height="40" rx="8"/>
<text class="label" x="${x}" y="${y + 5}" text-anchor="middle">${name.length > 9 ? `${name.slice(0, 8)}…` : name}</text></g>`,
)}
</svg></div>
<p class="soft" id="traffic" aria-live="off">${say('電文は流れるとおりに動きます。', 'Messages move as they go.')}</p>`;
}
