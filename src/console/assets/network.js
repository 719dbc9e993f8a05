// Moves a dot along each link that messages went. Without this script the page says the same in its table.
const svg = document.querySelector('#network');
const moving = document.querySelector('#moving');
const still = matchMedia('(prefers-reduced-motion: reduce)');
const place = (code) => {
  const party = svg.querySelector(`[data-party="${CSS.escape(code)}"]`);
  return party && { x: Number(party.dataset.x), y: Number(party.dataset.y) };
};

function move({ from, to, messages, failed }) {
  const [start, end] = [place(from), place(to)];
  if (!start || !end || still.matches || document.hidden || moving.childElementCount > 60) return;
  const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
  dot.setAttribute('r', String(5 + Math.min(9, Math.log2(messages) * 2)));
  dot.setAttribute('class', failed > 0 ? 'dot bad' : 'dot');
  moving.append(dot);
  const at = ({ x, y }) => ({ transform: `translate(${x}px, ${y}px)` });
  dot
    .animate([at(start), at(end)], { duration: 700, easing: 'ease-in-out' })
    .finished.finally(() => dot.remove());
}

if (svg) {
  const live = new EventSource('/network/live');
  live.addEventListener('traffic', ({ data }) => JSON.parse(data).forEach(move));
  addEventListener('pagehide', () => live.close());
}
