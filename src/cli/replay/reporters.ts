import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { htmlReport } from '../../compliance/report/html.ts';
import { jsonReport } from '../../compliance/report/json.ts';
import { junitReport } from '../../compliance/report/junit.ts';
import { type Paint, prettyReport } from '../../compliance/report/pretty.ts';
import type { Report } from '../../compliance/report/report.ts';
import { nearest } from '../../network/config/nearest.ts';
import { usage } from '../output/cli-failure.ts';

const NAMES = ['pretty', 'junit', 'json', 'html'] as const;
type Name = (typeof NAMES)[number];

/** A report and the file that it goes to; without one, to standard output. */
export interface Reporter {
  readonly name: Name;
  readonly file: string | undefined;
}

const isName = (text: string): text is Name => NAMES.some((name) => name === text);

/** `pretty,junit=junit.xml,html=report.html`. @throws CliFailure usage */
export function parseReporters(text: string): Reporter[] {
  const reporters = text.split(',').map((part): Reporter => {
    const [name = '', ...rest] = part.trim().split('=');
    if (!isName(name)) {
      const meant = nearest(name, NAMES);
      throw usage(`${name} という報告形式はありません`, `there is no reporter ${name}`, {
        ja: meant ? `${meant} ではありませんか` : `使えるもの: ${NAMES.join('、')}`,
        en: meant ? `did you mean ${meant}?` : `reporters: ${NAMES.join(', ')}`,
      });
    }
    const file = rest.join('=');
    return { name, file: file === '' || file === '-' ? undefined : file };
  });
  if (reporters.filter(({ file }) => file === undefined).length > 1) {
    throw usage(
      '標準出力に書ける報告は一つだけです。他はファイルを指定してください（junit=ファイル名）',
      'only one report can go to standard output: give the others a file (junit=FILE)',
    );
  }
  return reporters;
}

/** Writes each report where it belongs. */
export async function writeReports(
  reporters: readonly Reporter[],
  report: Report,
  out: {
    readonly stdout: NodeJS.WritableStream;
    readonly paint: Paint;
    readonly sources: ReadonlyMap<string, string>;
  },
): Promise<void> {
  for (const { name, file } of reporters) {
    const paint = file === undefined ? out.paint : (_: unknown, text: string) => text;
    const text = textOf(name, report, paint, out.sources);
    if (file === undefined) out.stdout.write(text);
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }
}

function textOf(
  name: Name,
  report: Report,
  paint: Paint,
  sources: ReadonlyMap<string, string>,
): string {
  switch (name) {
    case 'pretty':
      return prettyReport(report, paint, sources);
    case 'junit':
      return junitReport(report);
    case 'json':
      return jsonReport(report);
    case 'html':
      return htmlReport(report);
  }
}
