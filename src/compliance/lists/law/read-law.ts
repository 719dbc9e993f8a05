import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { LAW_LIMITS, type LawLimits } from './limits.ts';
import { LawRefused } from './refused.ts';
import type { LawCell, LawTable } from './table.ts';

/** What is read of a law file: what it is called, and its tables. */
export interface Law {
  /** As the file has it: 令和六年デジタル庁・総務省令第九号. */
  readonly number: string;
  readonly title: string;
  readonly tables: readonly LawTable[];
}

/** The root of a law file, and of what the two versions of e-Gov's interface answer with. */
const ROOTS = new Set(['Law', 'DataRoot', 'law_data_response']);
const NAMES = new Set(['LawNum', 'LawTitle', 'AppdxTableTitle']);
const CELLS = new Set(['TableColumn', 'TableHeaderColumn']);
/** What a cell is written in; anything else in it (Item, Fig, …) is worth a look. */
const PLAIN = new Set(['Sentence', 'Column', 'Ruby', 'Rt', 'Line', 'Sup', 'Sub']);

/**
 * Reads 法令標準XML piece by piece: only the names and the tables of the main provision and its
 * appendices are kept. Document type declarations are refused, so there are no entities to expand.
 * Throws LawRefused.
 */
export class LawReader {
  readonly #parser = new SaxesParser();
  readonly #limits: LawLimits;
  readonly #path: string[] = [];
  readonly #names = new Map<string, string>();
  readonly #tables: LawTable[] = [];
  #article = '';
  #rows: LawCell[][] | undefined;
  #cell: { text: string; tag: SaxesTagPlain; structured: boolean } | undefined;
  #laws = 0;
  #cells = 0;

  constructor(limits: LawLimits = LAW_LIMITS) {
    this.#limits = limits;
    this.#parser.on('doctype', () => {
      throw new LawRefused(
        'law_has_doctype',
        {
          ja: '文書型宣言 (DOCTYPE) があります',
          en: 'it has a document type declaration (DOCTYPE), which may define entities',
        },
        {
          ja: 'e-Gov の法令XMLにはありません',
          en: 'law files of e-Gov have none; take one from there',
        },
      );
    });
    this.#parser.on('error', ({ message }) => {
      throw new LawRefused(
        'law_not_xml',
        { ja: `XML として読めません (${message})`, en: `it is not well-formed XML (${message})` },
        {
          ja: 'ファイルを取得し直してください',
          en: 'fetch the file again; it may have been cut off or changed',
        },
      );
    });
    this.#parser.on('opentag', (tag) => this.#open(tag));
    this.#parser.on('closetag', ({ name }) => this.#close(name));
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
  }

  /** Takes the next piece of the file. */
  write(piece: string): void {
    this.#parser.write(piece);
  }

  /** Ends the file and gives what was read. */
  end(): Law {
    this.#parser.close();
    if (this.#laws !== 1) throw notALaw(this.#laws > 1 ? 'Law × 2' : 'no Law');
    return {
      number: this.#names.get('LawNum') ?? '',
      title: this.#names.get('LawTitle') ?? '',
      tables: this.#tables,
    };
  }

  #open(tag: SaxesTagPlain): void {
    const { name } = tag;
    if (this.#path.length === 0 && !ROOTS.has(name)) throw notALaw(name);
    this.#path.push(name);
    if (this.#path.length > this.#limits.depth) throw tooDeep(this.#limits.depth);
    if (name === 'Law') this.#laws++;
    else if (NAMES.has(name)) this.#names.set(name, '');
    else if (name === 'Article') this.#article = attribute(tag, 'Num');
    else if (this.#cell !== undefined) {
      if (!PLAIN.has(name)) this.#cell.structured = true;
      if (name === 'Column' && this.#cell.text !== '') this.#cell.text += '　';
    } else if (name === 'Table') this.#rows = [];
    else if (name === 'TableRow' || name === 'TableHeaderRow') this.#rows?.push([]);
    else if (CELLS.has(name)) {
      if (++this.#cells > this.#limits.cells) throw tooMuch('欄 cells', this.#limits.cells);
      this.#cell = { text: '', tag, structured: false };
    }
  }

  #close(name: string): void {
    this.#path.pop();
    if (CELLS.has(name) && this.#cell !== undefined) {
      const { text, tag, structured } = this.#cell;
      this.#rows?.at(-1)?.push({
        text: text.normalize('NFC').trim(),
        rowspan: attribute(tag, 'rowspan'),
        colspan: attribute(tag, 'colspan'),
        continues: attribute(tag, 'BorderTop') === 'none',
        structured,
      });
      this.#cell = undefined;
    } else if (name === 'Table' && this.#rows !== undefined) {
      const place = this.#place();
      if (place !== undefined) this.#tables.push({ ...place, rows: this.#rows });
      this.#rows = undefined;
    } else if (name === 'Article') this.#article = '';
  }

  #text(text: string): void {
    const name = this.#path.at(-1) ?? '';
    if (this.#path.includes('Rt')) return;
    const plain = withoutBreaks(text);
    let whole = plain;
    if (this.#cell !== undefined) whole = this.#cell.text += plain;
    else {
      const under = NAMES.has(name) ? name : this.#path.findLast((one) => NAMES.has(one));
      if (under === undefined) return;
      whole = (this.#names.get(under) ?? '') + plain;
      this.#names.set(under, whole);
    }
    if (whole.length > this.#limits.text) throw tooMuch('文字 characters', this.#limits.text);
  }

  /** Where a table stands, if it is the law's own and not one that it gives to another law. */
  #place(): Pick<LawTable, 'article' | 'appendix'> | undefined {
    const under = (name: string) => this.#path.includes(name);
    if (under('NewProvision') || under('AmendProvision')) return undefined;
    if (under('AppdxTable')) return { appendix: this.#names.get('AppdxTableTitle') ?? '' };
    if (under('MainProvision')) return { article: this.#article };
    return undefined;
  }
}

const attribute = ({ attributes }: SaxesTagPlain, name: string): string => attributes[name] ?? '';

const notALaw = (found: string) =>
  new LawRefused(
    'law_not_law',
    { ja: `法令標準XMLではありません (${found})`, en: `it is not 法令標準XML (${found})` },
    {
      ja: 'ルート要素が Law のファイル（e-Gov 法令検索の XML）を指定してください',
      en: 'give the XML of e-Gov 法令検索, whose root element is Law',
    },
  );

const tooDeep = (depth: number) =>
  new LawRefused(
    'law_too_deep',
    { ja: `要素の入れ子が ${depth} 段を超えています`, en: `elements nest deeper than ${depth}` },
    { ja: '法令XMLではこうなりません', en: 'no law file does; take the file from e-Gov' },
  );

const tooMuch = (what: string, most: number) =>
  new LawRefused(
    'law_too_large',
    { ja: `表の${what}が ${most} を超えています`, en: `a table has more than ${most} ${what}` },
    { ja: '法令XMLではこうなりません', en: 'no law file does; take the file from e-Gov' },
  );

/** Line breaks are the file's, not the law's, and so is the indentation; a full-width space isn't. */
const withoutBreaks = (text: string): string =>
  text.includes('\n') ? text.split('\n').map(trimmed).join('') : text;

/** By hand: a regular expression takes quadratic time over long runs of spaces. */
function trimmed(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && ' \t\r'.includes(line.charAt(start))) start++;
  while (end > start && ' \t\r'.includes(line.charAt(end - 1))) end--;
  return line.slice(start, end);
}
