import { requirements } from '../coverage/requirements.ts';
import { HTML_STYLE } from './html-style.ts';
import { fileSection } from './html-test.ts';
import { escapeXml as text } from './junit.ts';
import type { Report } from './report.ts';

/**
 * The report as one page that a compliance officer files: per test the law’s item, the sequence of messages and
 * the verdict; then the coverage. It opens without a server and asks nothing of any network.
 */
export function htmlReport(report: Report): string {
  const { totals, ok, startedAt, durationMs, options, tool, files } = report;
  const title = 'renkei 適合性報告書 / compliance report';
  const facts: readonly (readonly [string, string])[] = [
    [
      '判定 / Verdict',
      ok ? 'すべて期待どおり / all as expected' : '期待と異なる / not as expected',
    ],
    ['実行日時 / Replayed', startedAt],
    ['所要時間 / Took', `${(durationMs / 1000).toFixed(1)} s`],
    ['版 / Version', `renkei ${tool.version}`],
    ['基準日 / As of', options.at ?? '各シナリオのとおり / as each scenario says'],
    ['照合リスト / List', options.list ?? '基準日に施行中のもの / the one in force'],
    ['種 / Seed', options.seed ?? '各シナリオのとおり / as each scenario says'],
    ...(options.filter === undefined ? [] : [['絞込み / Filter', options.filter] as const]),
  ];
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<header>
<h1>適合性報告書 <span lang="en">Compliance report</span></h1>
<p class="verdict ${ok ? 'passed' : 'failed'}">${ok ? '✓ 適合 <span lang="en">as expected</span>' : '✗ 不適合 <span lang="en">not as expected</span>'}</p>
<table class="facts"><tbody>
${facts.map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`).join('\n')}
</tbody></table>
<table class="totals"><thead><tr>
<th>ファイル<br><span lang="en">files</span></th><th>テスト<br><span lang="en">tests</span></th><th>行列の場合<br><span lang="en">matrix cases</span></th>
<th>合格<br><span lang="en">passed</span></th><th>不合格<br><span lang="en">failed</span></th><th>実行不能<br><span lang="en">could not run</span></th>
<th>想定内<br><span lang="en">expected failures</span></th><th>期限切れ等<br><span lang="en">stale</span></th>
</tr></thead><tbody><tr>
${[totals.files, totals.tests, totals.cases, totals.passed, totals.failed, totals.error, totals.expected_failure, totals.stale].map((count) => `<td>${count}</td>`).join('')}
</tr></tbody></table>
</header>
<main>
${coverageSection(report)}
<h2>シナリオ <span lang="en">Scenarios</span></h2>
<nav><ol>
${files.map(({ file, name }, at) => `<li><a href="#f${at}">${text(name)}</a> <code>${text(file)}</code></li>`).join('\n')}
</ol></nav>
${files.map((file, at) => fileSection(file, `f${at}`)).join('\n')}
</main>
<footer>
<p>架空の機関・住民による模擬の結果であり、実在の個人に関する情報を含まない。<br>
<span lang="en">The outcome of a simulation with invented people: nothing in it is about a person who exists.</span></p>
</footer>
</body>
</html>
`;
}

const KINDS = {
  items: '項（許可と拒否の両方） / items, both permitted and denied',
  provisions: '提供の定め / provisions',
  codes: 'エラーコード / error codes',
  requirements: '要件 / requirements',
} as const;

function coverageSection({ coverage, tooLittle }: Report): string {
  const rows = (Object.entries(KINDS) as [keyof typeof KINDS, string][]).map(([kind, words]) => {
    const { percent, reached, total, missing } = coverage[kind];
    const least = tooLittle.find((each) => each.kind === kind);
    const shown = missing.map((each) =>
      kind === 'requirements' ? `${each} ${requirements[each]?.ja ?? ''}` : each,
    );
    return `<tr${least ? ' class="failed"' : ''}><th scope="row">${text(words)}</th><td class="number">${percent.toFixed(1)} %</td><td class="number">${reached} / ${total}</td><td>${text(shown.join('、'))}</td></tr>`;
  });
  const lists = coverage.lists.map(({ list, title, itemsPermitted, itemsDenied, provisions }) => {
    const shares = [itemsPermitted, itemsDenied, provisions].map(
      ({ reached, total, percent }) =>
        `<td class="number">${reached} / ${total} (${percent.toFixed(1)} %)</td>`,
    );
    return `<tr><th scope="row">${text(title)}<br><code>${text(list)}</code></th>${shares.join('')}</tr>`;
  });
  return `<h2>網羅 <span lang="en">Coverage</span></h2>
<table><thead><tr><th>対象<br><span lang="en">of</span></th><th>割合<br><span lang="en">share</span></th><th>到達<br><span lang="en">reached</span></th><th>未到達<br><span lang="en">not reached</span></th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>
<table><thead><tr><th>照合リスト<br><span lang="en">permission list</span></th><th>許可された項<br><span lang="en">items permitted</span></th><th>拒否された項<br><span lang="en">items denied</span></th><th>提供の定め<br><span lang="en">provisions</span></th></tr></thead>
<tbody>${lists.join('\n')}</tbody></table>`;
}
