import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Hono } from 'hono';

const require = createRequire(import.meta.url);
const own = (name: string) => readFileSync(new URL(`../assets/${name}`, import.meta.url));
const packaged = (name: string) => readFileSync(require.resolve(`htmx.org/dist/${name}`));
/**
 * htmx and its server-sent events as their package ships them, in one file: htmx begins in the turn after its own script,
 * and an extension that comes in another may be too late.
 */
const htmx = () =>
  Buffer.concat([packaged('htmx.min.js'), Buffer.from('\n'), packaged('ext/hx-sse.min.js')]);

const FILES: Readonly<Record<string, { readonly type: string; readonly read: () => Buffer }>> = {
  'style.css': { type: 'text/css; charset=utf-8', read: () => own('style.css') },
  'network.js': { type: 'text/javascript; charset=utf-8', read: () => own('network.js') },
  'icon.svg': { type: 'image/svg+xml', read: () => own('icon.svg') },
  'htmx.js': { type: 'text/javascript; charset=utf-8', read: htmx },
};

/** GET /assets/…: the style sheet, the icon and htmx; read once, when first asked for. */
export function assets(app: Hono): void {
  const read = new Map<string, Buffer>();
  app.get('/assets/:name', (context) => {
    const name = context.req.param('name');
    const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
    if (!file) return context.notFound();
    const bytes = read.get(name) ?? file.read();
    read.set(name, bytes);
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': file.type,
      'cache-control': 'no-cache',
    });
  });
}
