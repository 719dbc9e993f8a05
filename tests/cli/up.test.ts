import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAll, renkei, up } from './processes.ts';

/** Two agencies and nobody in the world: quick to start. */
const config = (more = '', port = 0) => `version: 1
seed: test
residents: { count: 0 }
listen: { gateway: 0, registry: 0, control: 0, nodes: 0 }
agencies:
  - { code: "11202", name: 熊谷市長, roles: [市長]${port ? `, port: ${port}` : ''} }
  - { code: "32201", name: 松江市長, roles: [市長] }
${more}`;

let folder: string;
/** Nowhere near the running networks of whoever runs the tests. */
let env: { readonly XDG_RUNTIME_DIR: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'renkei-up-'));
  env = { XDG_RUNTIME_DIR: folder };
});
afterAll(async () => {
  endAll();
  await rm(folder, { recursive: true });
});

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

describe('a network', () => {
  test('has its data to itself, tells where it runs, and cleans up when told to stop', async () => {
    const file = await written('good.yaml', config());
    const data = join(folder, 'data');
    const first = await up(['--config', file, '--data', data], env);
    const { pid, running, agencies } = first.ready;
    expect(running).toBe(join(data, 'running.json'));
    const told = JSON.parse(await readFile(running, 'utf8'));
    expect(told).toMatchObject({ version: 1, pid, config: file, data });
    expect(told.agencies.map((agency: { url: string }) => agency.url)).toEqual(
      agencies.map(({ url }) => url),
    );
    expect(JSON.stringify(first.ready)).not.toContain(told.agencies[0].businessSystem);

    const second = await renkei(['up', '--config', file, '--data', data, '--free-ports'], env);
    expect({ status: second.status, out: second.out }).toEqual({ status: 1, out: '' });
    expect(second.err).toContain('storage_busy');
    expect(second.err).toContain(`プロセス ${pid}`);
    expect(JSON.parse(await readFile(running, 'utf8')).pid).toBe(pid);

    expect(await first.stop('SIGTERM')).toEqual({
      status: 0,
      err: '停止しています / stopping\n停止しました / stopped\n',
    });
    await expect(readFile(running)).rejects.toThrow('ENOENT');

    const other = await renkei(['up', '--config', file, '--data', data, '--seed', 'other'], env);
    expect(other.err).toContain('data_of_another_seed');
  });

  test('in memory leaves its running file in the user’s own folder', async () => {
    const file = await written('memory.yaml', config());
    const network = await up(['--config', file, '--memory'], env);
    expect(network.ready.running).toBe(join(folder, 'renkei', 'running.json'));
    expect(await network.stop('SIGINT')).toMatchObject({ status: 0 });
    await expect(readFile(network.ready.running)).rejects.toThrow('ENOENT');
  });
});

describe('what keeps a network from starting ends with 1 and says where', () => {
  const fails = async (file: string, ...args: string[]) => {
    const { status, out, err } = await renkei(['up', '--memory', '--config', file, ...args], env);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).not.toMatch(/^ +at /m);
    return err;
  };

  test('a port in use: whose it is, and the key that changes it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const file = await written('port.yaml', config('', port));
    const err = await fails(file);
    server.close();
    expect(err).toContain('port_in_use');
    expect(err).toContain(`${file}: agencies[0].port`);
    expect(err).toContain('node 11202');
    expect(err).toContain('--free-ports');
  });

  test('mistakes in the configuration: all of them, with line and column', async () => {
    const file = await written('bad.yaml', config('residentz: 1\ndata: 5\n'));
    const err = await fails(file);
    expect(err).toContain('config_invalid');
    expect(err).toContain(`${file}:8:1: residentz`);
    expect(err).toContain('did you mean residents?');
    expect(err).toContain(`${file}:9:7: data`);
  });

  test('a role that no list knows, with its line', async () => {
    const file = await written('role.yaml', config().replace('[市長]', '[市町]'));
    expect(await fails(file)).toContain(`${file}:6:42: agencies[0].roles[0]`);
  });

  test('a broken permission list, by file', async () => {
    await mkdir(join(folder, 'lists'));
    await written('lists/order.json', '{"id":');
    const file = await written('lists.yaml', config('permissionLists: { folder: lists }\n'));
    const err = await fails(file);
    expect(err).toContain('permission_list_invalid');
    expect(err).toContain(join(folder, 'lists', 'order.json'));
  });

  test('no such configuration, options that exclude each other', async () => {
    expect(await fails(join(folder, 'none.yaml'))).toContain('config_not_found');
    expect(await fails('x', '--data', 'x')).toContain('同時には使えない');
    expect(await fails('x', '--sed', 'x')).toContain('Did you mean --seed?');
  });
});

test('a command that does not exist: the nearest is named', async () => {
  const { status, err } = await renkei(['qurey'], env);
  expect(status).toBe(1);
  expect(err).toContain('did you mean query?');
});
