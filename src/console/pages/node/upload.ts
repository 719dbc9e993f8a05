import { html } from 'hono/html';
import { ControlProblem } from '../../control.ts';
import type { KnownLayouts } from '../../frame/layouts.ts';
import type { Html } from '../../frame/page.ts';
import { NodeStatus } from '../network/shapes.ts';
import type { StaffPage } from './staff-page.ts';

/** The form that sends a file of rows of one kind of information: kinds that this node holds stand first. */
export async function uploadForm(
  page: StaffPage,
  {
    path,
    layouts,
    more,
    button,
  }: { path: string; layouts: KnownLayouts; more: Html; button: string },
): Promise<Html> {
  const { say, agency } = page;
  const { copies = [] } = await page.get('/v1/status', NodeStatus);
  const held = new Set(copies.map(({ information }) => information));
  const groups = [
    { label: say('この機関が持つもの', 'Held here'), isHeld: true },
    { label: say('ほかのもの', 'Others'), isHeld: false },
  ].map(({ label, isHeld }) => ({
    label,
    kinds: layouts.all.filter(({ information }) => held.has(information) === isHeld),
  }));
  return html`<form class="card stack" method="post" action="/node/${agency}/${path}" enctype="multipart/form-data">
<p><label for="u-kind">${say('特定個人情報と版', 'Information and layout')}</label><select id="u-kind" name="kind" required>
${groups.map(({ label, kinds }) => html`<optgroup label="${label}">${kinds.map(({ information, name, version }) => html`<option value="${information} ${version}">${name}（${version}）</option>`)}</optgroup>`)}</select></p>
<div class="filters"><p><label for="u-file">${say('ファイル（CSV）', 'File (CSV)')}</label><input id="u-file" type="file" name="file" accept=".csv,text/csv" required></p>
<p><label for="u-encoding">${say('文字コード', 'Encoding')}</label><select id="u-encoding" name="encoding"><option value="utf-8">UTF-8</option><option value="shift_jis">Shift_JIS</option></select></p></div>
${more}<p><button class="main">${button}</button></p></form>`;
}

/** Hands the file of such a form to the node, as it is. @throws ControlProblem what the node refuses */
export async function sendFile(
  { control, agency, logIn }: StaffPage,
  path: string,
  fields: FormData,
  more: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const [information = '', layout = ''] = String(fields.get('kind') ?? '').split(' ');
  const query = new URLSearchParams({ information, layout, ...more });
  const file = fields.get('file');
  const body =
    typeof file === 'string' || file === null ? new ArrayBuffer(0) : await file.arrayBuffer();
  const charset = fields.get('encoding') === 'shift_jis' ? 'shift_jis' : 'utf-8';
  const answer = await control.raw(
    `/v1/nodes/${encodeURIComponent(agency)}${path}?${query}`,
    { method: 'POST', headers: { 'content-type': `text/csv; charset=${charset}` }, body },
    { as: `Bearer ${logIn.token}` },
  );
  if (!answer.ok) throw await ControlProblem.in(answer);
  return await answer.json();
}
