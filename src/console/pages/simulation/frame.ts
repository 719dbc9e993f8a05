import { type Html, lead, type Page, shown } from '../../frame/page.ts';
import { partsNavigation } from '../../frame/parts.ts';

const PARTS = [
  { href: '/simulation', ja: '時計・障害・状態', en: 'Clock, faults, state' },
  { href: '/simulation/scenarios', ja: 'シナリオ', en: 'Scenarios' },
  { href: '/simulation/logs', ja: 'ログと証人', en: 'Logs and witnesses' },
] as const;

/** A page of the simulation, below the way to its other parts. @param about what it is for */
export function simulationPage(page: Page, about: string, body: readonly Html[]) {
  const title = page.say('シミュレーション', 'Simulation');
  return shown(page, title, [partsNavigation(page, title, PARTS), lead(about), ...body]);
}
