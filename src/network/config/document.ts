import {
  type Alias,
  type Document,
  isMap,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { ConfigInvalid, type ConfigProblem } from './invalid.ts';
import { type Locate, locator, type Place, placeAt } from './locate.ts';

/** A configuration is some hundred lines; far more is a mistake or an attack. */
const MAX_CHARACTERS = 1_048_576;
/** How many values aliases may add up to: enough for shared lists, not for a “billion laughs”. */
const MAX_ALIASES = 100;

export interface ConfigDocument {
  readonly value: unknown;
  readonly locate: Locate;
}

/**
 * Reads one YAML 1.2 document whose keys are unique and whose top is a mapping.
 * @throws ConfigInvalid
 */
export const readDocument = (text: string, file: string): ConfigDocument => {
  const refuse = (ja: string, en: string, place: Place = { line: 1, column: 1 }): never => {
    throw new ConfigInvalid(file, [{ ...place, reason: { ja, en } }]);
  };
  if (text.length > MAX_CHARACTERS) {
    refuse('ファイルが大きすぎます', `the file is longer than ${MAX_CHARACTERS} characters`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  // What follows the first mistake in the form is mostly its echo.
  const mistake = document.errors[0] ?? document.warnings[0];
  if (mistake) throw new ConfigInvalid(file, [yamlProblem(mistake, lines)]);
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    refuse('YAML 1.2 で書いてください', 'write YAML 1.2');
  }
  if (document.contents === null) refuse('ファイルが空です', 'the file is empty');
  const locate = locator(document, lines);
  if (!isMap(document.contents)) {
    refuse(
      '最上位はキーと値の組でなければなりません',
      'the top of the file must be keys and values',
      locate([]),
    );
  }
  return { value: plain(document, file, lines), locate };
};

/** The document as plain values, its aliases followed. */
const plain = (document: Document, file: string, lines: LineCounter): unknown => {
  const loose = aliases(document).find((alias) => !alias.resolve(document));
  if (loose) {
    const reason = { ja: '別名（*）の参照先がありません', en: 'this alias (*) refers to nothing' };
    throw new ConfigInvalid(file, [{ ...placeAt(loose.range?.[0] ?? 0, lines), reason }]);
  }
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    const reason =
      cause instanceof ReferenceError
        ? { ja: '別名（*）の参照が多すぎます', en: 'aliases (*) refer to too much' }
        : { ja: '入れ子が深すぎます', en: 'nested too deeply' };
    const offset = aliases(document)[0]?.range?.[0] ?? 0;
    throw new ConfigInvalid(file, [{ ...placeAt(offset, lines), reason }], { cause });
  }
};

const aliases = (document: Document): Alias[] => {
  const found: Alias[] = [];
  visit(document, { Alias: (_, alias) => void found.push(alias) });
  return found;
};

const WORDS: Partial<Record<YAMLError['code'], readonly [ja: string, en: string]>> = {
  BAD_INDENT: ['字下げが正しくありません', 'wrong indentation, or a bracket left open'],
  DUPLICATE_KEY: ['同じキーが二度書かれています', 'the same key is written twice'],
  MULTIPLE_DOCS: ['文書（---）は1つだけにしてください', 'there must be one document (---) only'],
  RESOURCE_EXHAUSTION: ['入れ子が深すぎます', 'nested too deeply'],
  TAB_AS_INDENT: ['字下げにタブは使えません', 'tabs cannot indent'],
  TAG_RESOLVE_FAILED: ['タグ（!）は使えません', 'tags (!) cannot be used'],
};

const yamlProblem = (error: YAMLError, lines: LineCounter): ConfigProblem => {
  const [ja, en] = WORDS[error.code] ?? ['YAML の書き方が正しくありません', error.message];
  return { ...placeAt(error.pos[0], lines), reason: { ja, en } };
};
