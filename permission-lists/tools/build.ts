/**
 * Writes what stands in permission-lists/: the JSON Schemas and, given a folder of facts, the lists
 * and the role table. Usage: node permission-lists/tools/build.ts [FACTS_DIR]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkTogether } from '../../src/protocol/permission/check.ts';
import { printPermissionList, printRoleTable } from '../../src/protocol/permission/print.ts';
import { readPermissionList, readRoleTable } from '../../src/protocol/permission/read.ts';
import { beppyoList, orderList, roleTable } from './from-facts.ts';
import { jsonSchemas } from './json-schema.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const files = new Map(jsonSchemas());

const facts = process.argv[2];
if (facts !== undefined) {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(facts, name), 'utf8'));
  const lists = [
    orderList(read('order-r6-9-article-2.json')),
    beppyoList(read('beppyo-2-2016.json'), read('beppyo-2-additions.json')),
  ].map((list) => ({ file: `${list.id}.json`, text: printPermissionList(list) }));
  // Nothing is written that could not be read again.
  checkTogether(lists.map(({ file, text }) => ({ file, list: readPermissionList(text, file) })));
  for (const { file, text } of lists) files.set(file, text);
  const roles = printRoleTable(roleTable(read('roles.json')));
  readRoleTable(roles, 'roles.json');
  files.set('roles.json', roles);
}

for (const [name, text] of files) {
  writeFileSync(join(folder, name), text);
  console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
}
