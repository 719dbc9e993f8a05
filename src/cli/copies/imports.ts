import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { ImportReport, imports } from '../../protocol/node-api/imports.ts';
import { writeJson } from '../control/group.ts';
import { callNode } from '../node/call-node.ts';
import { paintFor } from '../output/style.ts';
import { type AtNode, atNode, callerAt, pathWith } from './at-node.ts';
import { importsText, reportText } from './import-report.ts';

/** `renkei copies imports`: the imports of copies, or the report of one. */
export const importsCommand = (): Command =>
  atNode(
    new Command('imports')
      .description('取込みの一覧、または一つの報告 / the imports, or the report of one')
      .argument('[id]', '取込みの番号 / of which import')
      .option('--limit <number>', '件数 / how many', '20'),
  ).action(async (id: string | undefined, options: AtNode & { readonly limit: string }) => {
    const place = '/v1/copies/imports';
    const path =
      id === undefined
        ? pathWith(place, { limit: options.limit })
        : `${place}/${encodeURIComponent(id)}`;
    const answer = await callNode(callerAt(options), path);
    if (options.json) return writeJson(answer);
    process.stdout.write(
      id === undefined
        ? importsText(fitted(imports.list.responses[200], answer).imports)
        : reportText(fitted(ImportReport, answer), paintFor(process.stdout)),
    );
  });
