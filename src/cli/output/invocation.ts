import { basename, relative } from 'node:path';
import { shellWord } from './style.ts';

/** How this command line was called, for commands to copy. */
export function calledAs(): string {
  const script = process.argv[1] ?? 'renkei';
  return basename(script) === 'renkei.js' ? `node ${shellWord(shown(script))}` : 'renkei';
}

/** The shorter of a path and the way there from here. */
export function shown(path: string): string {
  const way = relative('', path);
  return way.length < path.length && !way.startsWith('..') ? way : path;
}
