/** The page’s only style: follows the reader’s light or dark, and prints black on white. */
export const HTML_STYLE = `
:root { --ink: #1a1a1a; --paper: #fff; --soft: #595959; --line: #c8c8c8; --tint: #f3f4f6; --good: #0a6b2d; --bad: #b3151b; --warn: #7a5200; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #16181c; --soft: #a8adb5; --line: #444a54; --tint: #22262d; --good: #67d48c; --bad: #ff8a85; --warn: #f0c060; } }
* { box-sizing: border-box; }
body { font: 15px/1.6 "Hiragino Sans", "Yu Gothic", "Noto Sans JP", "Noto Sans CJK JP", Meiryo, system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 75rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.7rem; } h2 { border-bottom: 2px solid var(--line); padding-bottom: .2rem; margin-top: 2.5rem; } h3 { margin-top: 2rem; }
[lang=en] { font-weight: normal; color: var(--soft); }
code { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: .85em; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: .8rem 0; width: 100%; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: var(--tint); }
.facts tbody th { width: 14rem; font-weight: normal; color: var(--soft); }
.totals td, .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.messages { font-size: .85rem; }
.verdict { font-size: 1.3rem; font-weight: bold; }
.passed > .mark, .passed .mark, p.passed { color: var(--good); }
.failed > .mark, .stale > .mark, .error > .mark, .failed > h4 .mark, .stale > h4 .mark, .error > h4 .mark, p.failed, .mismatches, tr.failed td, tr.stale td, tr.error td, li.failed > p .mark, li.error > p .mark { color: var(--bad); }
.expected_failure .mark { color: var(--warn); } .skipped .mark { color: var(--soft); }
.where, .ref, span.facts { color: var(--soft); }
.test { border-left: 4px solid var(--good); padding-left: 1rem; margin: 1.2rem 0; }
.test.failed, .test.stale, .test.error { border-color: var(--bad); } .test.expected_failure { border-color: var(--warn); }
.steps > li { margin-bottom: .6rem; } .steps p { margin: .2rem 0; }
a { color: inherit; } footer { margin-top: 3rem; color: var(--soft); }
@media print { :root { --ink: #000; --paper: #fff; --soft: #444; --line: #999; --tint: #eee; --good: #000; --bad: #000; --warn: #000; } body { max-width: none; padding: 0; font-size: 9.5pt; } nav { display: none; } .file { break-before: auto; } .test, tr, .steps > li > p { break-inside: avoid; } h3, h4 { break-after: avoid; } thead { display: table-header-group; } @page { margin: 15mm; size: A4; } }
`;
