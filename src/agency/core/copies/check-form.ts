import { RenkeiError } from '../../../protocol/errors.ts';
import { checkRecords } from '../../../protocol/layouts/check-records.ts';
import type { Form, Layouts } from '../../../protocol/layouts/compile.ts';
import type { CopyRecord } from '../../../protocol/plaintext.ts';

const MOST_FINDINGS = 100;

/**
 * The layout by which a copy is checked. @throws RenkeiError message_malformed, with the versions that there are
 */
export function formOf(layouts: Layouts, information: string, version: string): Form {
  const form = layouts.find(information, version);
  if (form) return form;
  const known = layouts.all
    .filter((each) => each.information === information)
    .map((each) => each.version);
  throw new RenkeiError('message_malformed', {
    ja: 'この種類の情報に、この版のレイアウトはありません',
    en: 'There is no layout of this version for this kind of information',
    hint: {
      ja:
        known.length > 0
          ? `使える版: ${known.join('、')}`
          : 'layouts/ にレイアウトを加えてください',
      en: known.length > 0 ? `Versions: ${known.join(', ')}` : 'Add a layout to layouts/',
    },
  });
}

/** The layout that is meant where none is told. @throws RenkeiError message_malformed if it must be told which */
export function onlyForm(layouts: Layouts, information: string, version: string | undefined): Form {
  if (version !== undefined) return formOf(layouts, information, version);
  const known = layouts.all.filter((form) => form.information === information);
  const [form, ...others] = known;
  if (!form) return formOf(layouts, information, '');
  if (others.length === 0) return form;
  throw new RenkeiError('message_malformed', {
    ja: 'レイアウトの版が複数あります。layout を指定してください',
    en: 'There are several layout versions: say which, with `layout`',
    hint: {
      ja: `使える版: ${known.map((each) => each.version).join('、')}`,
      en: `Versions: ${known.map((each) => each.version).join(', ')}`,
    },
  });
}

/**
 * The form check of a copy that is entered by hand (R-206).
 * @throws RenkeiError message_malformed, with what is wrong, row by row and item by item; never a value
 */
export function checkForm(form: Form, records: readonly CopyRecord[]): void {
  const findings = checkRecords(form, records);
  const [first] = findings;
  if (!first) return;
  const place = ({ record, item = '' }: typeof first) => `${record + 1}行目 ${item}`.trim();
  const row = ({ record, item }: typeof first) =>
    item === undefined ? `row ${record + 1}` : `row ${record + 1}, ${item}`;
  const more = findings.length - 1;
  throw new RenkeiError('message_malformed', {
    ja: `${place(first)}: ${first.ja}${more > 0 ? ` ほか${more}件` : ''}`,
    en: `${row(first)}: ${first.en}${more > 0 ? `, and ${more} more` : ''}`,
    extensions: { findings: findings.slice(0, MOST_FINDINGS) },
  });
}
