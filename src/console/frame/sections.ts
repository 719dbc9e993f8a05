/** The pages of the console, in the order of the navigation. */
export const SECTIONS = [
  { href: '/', ja: 'ネットワーク', en: 'Network' },
  { href: '/exchanges', ja: '照会と提供', en: 'Exchanges' },
  { href: '/try', ja: '試す', en: 'Try' },
  { href: '/law', ja: '照合リスト', en: 'Law' },
  { href: '/node', ja: '中間サーバー', en: 'Node' },
  { href: '/person', ja: '本人', en: 'Person' },
  { href: '/simulation', ja: 'シミュレーション', en: 'Simulation' },
] as const;
