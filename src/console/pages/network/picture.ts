import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';
import { messageWords } from '../exchanges/words.ts';
import type { AgencyStatus } from './shapes.ts';

interface Placed {
  readonly code: string;
  readonly name: string;
  readonly isUp: boolean;
  readonly waits: number;
  readonly x: number;
  readonly y: number;
}

/** Messages that are told by name while they move; the others move without. */
const TOLD = ['permit-request', 'permit', 'denial', 'query', 'provide-request', 'answer'];

/**
 * The parties around the gateway, and for narrow windows one below the other beside it. A script moves a dot along
 * a link when messages go there; nothing else needs it.
 */
export function picture(page: Page, agencies: readonly AgencyStatus[]): Html {
  const { say } = page;
  const parties = [
    { code: 'registry', name: say('住基ネット（代役）', 'Registry'), isUp: true, waits: 0 },
    ...agencies.map(({ code, name, health, status }) => ({
      ...{ code, name, isUp: health === 'up' },
      waits: status?.reviews?.pending ?? 0,
    })),
  ];
  return html`${ring(page, parties)}${ladder(page, parties)}`;
}

type Party = Omit<Placed, 'x' | 'y'>;

function ring(page: Page, parties: readonly Party[]): Html {
  const [width, height] = [860, 600];
  const middle = { x: width / 2, y: height / 2 };
  const placed = parties.map((party, at) => {
    const angle = (2 * Math.PI * at) / parties.length - Math.PI / 2;
    const x = Math.round(middle.x + Math.cos(angle) * 350);
    const y = Math.round(middle.y + Math.sin(angle) * 262);
    return { ...party, x, y };
  });
  const size = { width: 146, height: 50 };
  return svg(
    page,
    'ring',
    [width, height],
    html`${links(placed, () => middle)}<g class="moving"></g>
${placed.map((party) => box(party, size))}${gateway(page, middle, { width: 170, height: 64 })}`,
  );
}

function ladder(page: Page, parties: readonly Party[]): Html {
  const [step, width] = [52, 350];
  const height = parties.length * step + 10;
  const placed = parties.map((party, at) => ({ ...party, x: 266, y: 30 + at * step }));
  const size = { width: 160, height: 42 };
  const bar = { x: 42, y: height / 2 };
  return svg(
    page,
    'ladder',
    [width, height],
    html`${links(placed, ({ y }) => ({ x: bar.x, y }))}<g class="moving"></g>
${placed.map((party) => box(party, size))}${gateway(page, bar, { width: 78, height: height - 20 })}`,
  );
}

function svg({ say }: Page, kind: string, [width, height]: [number, number], inner: Html): Html {
  const label = say(
    'ネットワーク図。各機関の状態は下の表に同じ内容',
    'The network; the table below tells the state of each party',
  );
  const told = Object.fromEntries(TOLD.map((each) => [each, messageWords(say, each)]));
  return html`<svg class="network ${kind}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}" data-told="${JSON.stringify(told)}">${inner}</svg>`;
}

const links = (
  placed: readonly Placed[],
  to: (party: Placed) => { readonly x: number; readonly y: number },
): Html[] =>
  placed.map((party) => {
    const { x, y } = to(party);
    return html`<line x1="${x}" y1="${y}" x2="${party.x}" y2="${party.y}"/>`;
  });

interface Size {
  readonly width: number;
  readonly height: number;
}

function box({ code, name, isUp, waits, x, y }: Placed, { width, height }: Size): Html {
  const lines = twoLines(name);
  const first = y + 5 - (lines.length - 1) * 9;
  const [right, top] = [x + width / 2 - 4, y - height / 2 + 2];
  return html`<g data-party="${code}" data-x="${x}" data-y="${y}">
<rect class="box ${isUp ? '' : 'off'}" x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="8"/>
${lines.map((line, at) => html`<text x="${x}" y="${first + at * 18}" text-anchor="middle">${line}</text>`)}
${waits === 0 ? '' : html`<circle class="badge" cx="${right}" cy="${top}" r="11"/><text class="badge count" x="${right}" y="${top + 4}" text-anchor="middle">${waits}</text>`}</g>`;
}

function gateway({ say }: Page, { x, y }: { x: number; y: number }, { width, height }: Size): Html {
  const lines = say('情報提供\nNWS', 'Gateway').split('\n');
  const first = y + 5 - (lines.length - 1) * 9;
  return html`<g data-party="gateway" data-x="${x}" data-y="${y}"><rect class="box middle" x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="10"/>
${lines.map((line, at) => html`<text class="inner" x="${x}" y="${first + at * 18}" text-anchor="middle">${line}</text>`)}</g>`;
}

/** A long name in two lines, cut where a part of it begins or in its middle. */
function twoLines(name: string): readonly string[] {
  if (name.length <= 8) return [name];
  const found = /^(.{4,9}?)((?:医療|広域|（).+)$/.exec(name);
  const at = found?.[1]?.length ?? Math.ceil(name.length / 2);
  return [name.slice(0, at), name.slice(at)];
}
