// Moves a dot along each link that messages went. Without this script the page says the same in its list and table.
const still = matchMedia('(prefers-reduced-motion: reduce)');
const MOST = 60;
/** Up to so many links at once, they are shown one after the other, and by name. */
const FEW = 8;
const FLIGHT_MS = 1100;
const STEP_MS = 450;
const PARTED = 7;

const element = (name, attributes) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

/** The picture that this window has room for. */
const picture = () =>
  [...document.querySelectorAll('svg.network')].find((each) => each.getClientRects().length > 0);

function ends(svg, from, to) {
  const [start, end] = [from, to].map((code) => {
    const party = svg.querySelector(`[data-party="${CSS.escape(code)}"]`);
    return party && { x: Number(party.dataset.x), y: Number(party.dataset.y) };
  });
  if (!start || !end) return undefined;
  // Beside a tall gateway a link is level, and what comes back goes beside what goes there.
  if (svg.classList.contains('ladder')) {
    if (from === 'gateway') start.y = end.y;
    else end.y = start.y;
  }
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy) || 1;
  const beside = ({ x, y }) => ({
    x: x - (dy / length) * PARTED,
    y: y + (dx / length) * PARTED,
  });
  return [beside(start), beside(end)];
}

function move({ from, to, messages, failed, last }, at, all) {
  const svg = picture();
  const moving = svg?.querySelector('.moving');
  const way = svg && ends(svg, from, to);
  if (!way || still.matches || document.hidden || moving.childElementCount > MOST) return;
  const few = all.length <= FEW;
  const group = element('g', { 'data-from': from, 'data-to': to, 'data-last': last });
  const radius = 6 + Math.min(8, Math.log2(messages) * 2);
  group.append(element('circle', { r: radius, class: failed > 0 ? 'dot bad' : 'dot' }));
  const told = few ? JSON.parse(svg.dataset.told)[last] : undefined;
  if (told) {
    // On the side of the link where the dot is, away from what comes the other way.
    const y = way[1].x < way[0].x ? -13 : 27;
    const text = element('text', { class: 'saying', 'text-anchor': 'middle', y });
    text.textContent = told;
    group.append(text);
  }
  moving.append(group);
  const place = ({ x, y }) => ({ transform: `translate(${x}px, ${y}px)` });
  group
    .animate(way.map(place), {
      duration: FLIGHT_MS,
      delay: few ? at * STEP_MS : 0,
      fill: 'backwards',
      easing: 'ease-in-out',
    })
    .finished.finally(() => group.remove());
}

if (document.querySelector('svg.network')) {
  const live = new EventSource('/network/live');
  live.addEventListener('ready', () => {
    for (const svg of document.querySelectorAll('svg.network')) svg.dataset.live = '';
  });
  live.addEventListener('traffic', ({ data }) => JSON.parse(data).forEach(move));
  addEventListener('pagehide', () => live.close());
}
