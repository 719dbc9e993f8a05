#!/usr/bin/env node
// Starts on any Node from 18 and runs on one that takes TypeScript as it is: the Node on the PATH when it is
// new enough, otherwise the one that `npm ci` installed beside the package.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const self = fileURLToPath(import.meta.url);

if (isEnough(process.versions.node)) {
  // Beside the dependencies rather than in a temporary folder that others can write to.
  module.enableCompileCache(join(dirname(self), '..', 'node_modules', '.cache', 'renkei'));
  const { main } = await import('../src/cli/main.ts');
  await main(process.argv.slice(2));
} else {
  const node = pinnedNode();
  if (node === undefined) refuse();
  else runOn(node);
}

function isEnough(version) {
  return Number.parseInt(version, 10) >= NEEDED;
}

function pinnedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    const name = process.platform === 'win32' ? 'node.exe' : 'node';
    const binary = join(dirname(manifest), 'bin', name);
    return isEnough(version) && existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** The child is this process as far as anybody can tell: its input and output, its signals, its end. */
function runOn(node) {
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  child.once('error', refuse);
  child.once('exit', (code, signal) => {
    for (const each of SIGNALS) process.off(each, forward);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

function refuse() {
  console.error(`誤り error  node_too_old
  Node.js ${process.versions.node} では動きません（${NEEDED} 以上が必要です）
  Node.js ${process.versions.node} is too old: ${NEEDED} or later is needed
  対処 hint: このフォルダーで npm ci を実行すると、対応する Node.js が入ります: ${join(dirname(self), '..')}
             Run npm ci in that folder: the right Node.js comes with it`);
  process.exitCode = 1;
}
