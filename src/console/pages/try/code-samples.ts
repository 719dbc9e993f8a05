import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';

/** The code for the same call. The token stays in the environment: it is in no page. */
export function codeSamples({ say }: Page, inquiry: unknown, nodeUrl: string): Html {
  const body = JSON.stringify(inquiry, null, 2);
  const curl = `curl ${nodeUrl}/v1/inquiries \\
  -H "authorization: Bearer $TOKEN" \\
  -H 'content-type: application/json' \\
  -d '${body}'`;
  const typescript = `const response = await fetch('${nodeUrl}/v1/inquiries', {
  method: 'POST',
  headers: {
    authorization: \`Bearer \${process.env.TOKEN}\`,
    'content-type': 'application/json',
  },
  body: JSON.stringify(${body.replaceAll('\n', '\n  ')}),
});
console.log(response.status, await response.json());`;
  return html`<section class="card"><h2>${say('同じ照会のコード', 'Code for the same call')}</h2>
<p>${say('TOKEN は running.json の businessSystem です。', 'TOKEN is `businessSystem` in running.json.')}</p>
<details open><summary>curl</summary><pre tabindex="0">${curl}</pre></details>
<details><summary>TypeScript</summary><pre tabindex="0">${typescript}</pre></details></section>`;
}
