import { escapeXml as text } from './junit.ts';
import type { Report, ReportedTest } from './report.ts';
import { shown } from './shown.ts';

type ReportedFile = Report['files'][number];

const WORDS = {
  passed: '✓ 合格 / passed',
  failed: '✗ 不合格 / failed',
  error: '! 実行不能 / could not run',
  expected_failure: '~ 想定内の不合格 / expected failure',
  stale: '✗ 期限切れ等 / stale',
  skipped: '未実行 / skipped',
  not_run: '未実行 / not run',
} as const;

/** One scenario file. */
export function fileSection(file: ReportedFile, id: string): string {
  const { name, about, tests, seed, now } = file;
  return `<section class="file" id="${id}">
<h3>${text(name)}</h3>
<p class="where"><code>${text(file.file)}</code> · ${text(now)} · seed <code>${text(seed)}</code></p>
${about === undefined ? '' : `<p>${text(about)}</p>`}
${matrixTable(file)}
${tests
  .filter(({ matrix }) => !matrix)
  .map(testSection)
  .join('\n')}
</section>`;
}

/** Matrices in one table: a row a test. */
function matrixTable({ tests }: ReportedFile): string {
  const rows = tests.flatMap((test) => {
    const { matrix, id, verdict, because, note } = test;
    if (!matrix) return [];
    const misses = mismatchList(matrix.mismatches);
    return [
      `<tr class="${verdict}"><td><code>${text(id)}</code></td><td>${refOf(test)}</td><td>${text(because ?? '')}</td><td class="number">${matrix.cases}</td><td class="number">${matrix.permitted}</td><td class="number">${matrix.denied}</td><td>${text(WORDS[verdict])}${note === undefined ? '' : `<br>${text(note)}`}${misses}</td></tr>`,
    ];
  });
  if (rows.length === 0) return '';
  return `<table><thead><tr><th>テスト<br><span lang="en">test</span></th><th>根拠<br><span lang="en">ground</span></th><th>理由<br><span lang="en">because</span></th><th>場合<br><span lang="en">cases</span></th><th>許可<br><span lang="en">permitted</span></th><th>拒否<br><span lang="en">denied</span></th><th>判定<br><span lang="en">verdict</span></th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
}

function testSection(test: ReportedTest): string {
  const { id, verdict, because, note, steps = [] } = test;
  return `<section class="test ${verdict}">
<h4><code>${text(id)}</code> <span class="mark">${text(WORDS[verdict])}</span></h4>
<p class="ref">${refOf(test)}</p>
${because === undefined ? '' : `<p>${text(because)}</p>`}
${note === undefined ? '' : `<p class="note">${text(note)}</p>`}
<ol class="steps">
${steps.map(stepItem).join('\n')}
</ol>
</section>`;
}

function stepItem(step: NonNullable<ReportedTest['steps']>[number]): string {
  const { title, verdict, error, decision, code, status, list, item, ground, records } = step;
  const facts = [
    ...(decision !== undefined && decision !== 'none' ? [`判断 decision: ${decision}`] : []),
    ...(list === undefined ? [] : [`${list} ${item === undefined ? '' : `${item}の項`}`.trim()]),
    ...(code === undefined ? [] : [`code: ${code}`]),
    ...(status === undefined ? [] : [`status: ${status}`]),
    ...(ground === undefined ? [] : [`根拠 ground: ${ground}`]),
  ];
  const written = Object.entries(records).filter(([, kinds]) => kinds.length > 0);
  return `<li class="${verdict}"><p>${text(title)} <span class="mark">${text(WORDS[verdict])}</span>${facts.length === 0 ? '' : `<br><span class="facts">${text(facts.join(' · '))}</span>`}${written.length === 0 ? '' : `<br><span class="facts">記録 records: ${text(written.map(([party, kinds]) => `${party} [${kinds.join(', ')}]`).join(' · '))}</span>`}</p>
${error === undefined ? '' : `<p class="failed">${text(error)}</p>`}${mismatchList(step.mismatches)}${messageTable(step.messages)}</li>`;
}

function messageTable(messages: NonNullable<ReportedTest['steps']>[number]['messages']): string {
  if (messages.length === 0) return '';
  const rows = messages.map(
    ({ at, message, from, to, outcome = '', ids, sealedDigest }) =>
      `<tr><td>${text(at.slice(11, 23))}</td><td>${text(from)} → ${text(to)}</td><td>${text(message)}</td><td>${text(outcome)}</td><td><code>${text(ids.join(' '))}</code>${sealedDigest === undefined ? '' : `<br>封 sealed <code>${text(sealedDigest)}</code>`}</td></tr>`,
  );
  return `<table class="messages"><thead><tr><th>時刻 <span lang="en">UTC</span></th><th>発信 → 受信 <span lang="en">from → to</span></th><th>電文 <span lang="en">message</span></th><th>結果 <span lang="en">outcome</span></th><th>番号 <span lang="en">ids</span></th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
}

const mismatchList = (
  mismatches: readonly { what: string; line: number; expected: unknown; actual: unknown }[],
) =>
  mismatches.length === 0
    ? ''
    : `<ul class="mismatches">${mismatches
        .map(
          ({ what, line, expected, actual }) =>
            `<li><code>${text(what)}</code> (${line}行目 line ${line})<br>期待 expected: ${text(shown(expected))}<br>実際 actual: ${text(shown(actual))}</li>`,
        )
        .join('')}</ul>`;

function refOf({ ref }: ReportedTest): string {
  const { law, item, requirement } = ref;
  return text(
    [
      ...(law === undefined ? [] : [law]),
      ...(item ?? []).map((each) => `${each}の項`),
      ...(requirement ?? []),
    ].join('、'),
  );
}
