import type { Finding } from '../../network/config/explain.ts';
import type { ConfigPath } from '../../network/config/invalid.ts';
import { nearest } from '../../network/config/nearest.ts';
import type { PermissionLists } from '../../service/permission-lists/read-folder.ts';
import { isInformationCode } from './parties-schema.ts';
import type { Scenario } from './schema.ts';

/**
 * Kinds of information that no list knows. A misspelt one would be refused as not listed, and a test that expects
 * just that would pass for a wrong reason. What is meant to be unknown is written as a code.
 */
export function unknownKinds(scenario: Scenario, lists: PermissionLists['lists']): Finding[] {
  const known = new Set(
    lists.flatMap(({ items }) =>
      items.flatMap(({ provisions }) =>
        provisions.flatMap(({ information }) => information.map(({ name }) => name)),
      ),
    ),
  );
  return namesIn(scenario).flatMap(({ name, path }) => {
    if (isInformationCode(name) || known.has(name.normalize('NFC'))) return [];
    const meant = nearest(name, known);
    return [
      {
        path,
        reason: {
          ja: `どの照合リストにもない特定個人情報です: ${name}`,
          en: `no permission list knows this kind of information: ${name}`,
        },
        hint: meant
          ? { ja: `${meant} ではありませんか`, en: `did you mean ${meant}?` }
          : {
              ja: 'わざと存在しないものを照会するときは、コード（TM と14桁）で書いてください',
              en: 'to ask for one that does not exist, write a code (TM and 14 digits)',
            },
      },
    ];
  });
}

interface NameAt {
  readonly name: string;
  readonly path: ConfigPath;
}

function namesIn({ persons, tests }: Scenario): NameAt[] {
  const copies = Object.entries(persons).flatMap(([person, { knownTo }]) =>
    Object.entries(knownTo).flatMap(([party, knowledge]) =>
      knowledge.copies.map(({ information }, at) => ({
        name: information,
        path: ['persons', person, 'knownTo', party, 'copies', at, 'information'],
      })),
    ),
  );
  const asked = tests.flatMap(({ matrix, steps = [] }, test) => [
    ...(matrix?.information ?? []).map((name, at) => ({
      name,
      path: ['tests', test, 'matrix', 'information', at],
    })),
    ...steps.flatMap(({ query, import: imported }, at) => [
      ...named(query?.information, ['tests', test, 'steps', at, 'query', 'information']),
      ...named(imported?.information, ['tests', test, 'steps', at, 'import', 'information']),
    ]),
  ]);
  return [...copies, ...asked];
}

const named = (name: string | undefined, path: ConfigPath): NameAt[] =>
  name === undefined ? [] : [{ name, path }];
