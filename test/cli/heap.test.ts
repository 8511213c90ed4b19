import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heapCommand } from '../../src/cli/commands/heap.command.ts';
import { SnapshotScan } from '../../src/cli/heap/snapshot-scan.ts';
import { processIdentity } from '../../src/embedded/process-identity.ts';
import { until } from '../helpers/until.ts';

let dataDir: string;
let leaking: ChildProcess;
let output = '';
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'autovideo-heap-'));
  leaking = spawn(process.execPath, ['test/programs/leaking-process.ts', dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  leaking.stdout?.on('data', (text) => (output += String(text)));
  await until('it is ready', () => output.includes('ready\n'), 60);
}, 90_000);
afterAll(async () => {
  leaking.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

const heapFile = (name: string) => join(dataDir, 'heap', name);

/** What the command prints, with its notes. */
async function heap(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const silent = { writeErr: () => undefined };
  const command = heapCommand({ dataDir: () => dataDir, print, note: print });
  for (const one of [command, ...command.commands]) one.exitOverride().configureOutput(silent);
  await command.parseAsync(args, { from: 'user' });
  return printed.join('\n');
}

describe('autovideo heap', () => {
  it('names the class of which a process has leaked objects between two snapshots', async () => {
    expect(await heap()).toBe(`There is no snapshot.\nProcesses that run here: ${leaking.pid} (api).`);
    expect(await heap('snapshot', '--label', 'before')).toMatch(
      /^Process \d+ \(api\) writes the snapshot, and does nothing else meanwhile\.\n"before" is taken: .*before\.api-\d+\.heapsnapshot, \d+\.\d MB\. It contains secrets: keep it on this machine\.$/,
    );
    leaking.stdin?.write('more\n');
    await until('it has leaked', () => output.includes('more: 20000\n'));
    await heap('snapshot', '--label', 'after', '--pid', String(leaking.pid));

    const lines = (await heap('compare', 'before', 'after')).split('\n');
    expect(lines[0]).toMatch(/^ +TAKEN +BYTES +OBJECTS +PROCESS$/);
    expect(lines[4]).toMatch(/^GROWTH +BYTES BEFORE +AFTER +OBJECTS BEFORE +AFTER +CONSTRUCTOR OR \(TYPE\)$/);
    expect(lines[5]).toMatch(/^\+\d\.\d MB +0 bytes +\d\.\d MB +0 +20,000 +LeakedOrder$/);
    expect(lines.slice(5).length).toBeLessThanOrEqual(10);
    const { growths, before, after } = JSON.parse(await heap('compare', 'before', 'after', '--json'));
    expect(growths[0]).toMatchObject({ name: 'LeakedOrder', before: { count: 0 }, after: { count: 20_000 } });
    expect(growths[0].bytes).toBe(growths[0].after.bytes);
    // 2,000 of them have a list of their own.
    expect(growths.find(({ name }: { name: string }) => name === 'Array').after.count).toBeGreaterThanOrEqual(2_000);
    expect(before).toMatchObject({ label: 'before', kind: 'api', pid: leaking.pid });
    expect(after.count - before.count).toBeGreaterThan(22_000);
    expect(await heap('list')).toMatch(/^LABEL +TAKEN +SIZE +PROCESS\nbefore .*\nafter .*\nProcesses that run here/);
    expect(await heap('compare', 'after', 'before')).toMatch(/^"before" was taken before "after"\./);
  }, 60_000);

  it('counts what JSON.parse finds in the same file', async () => {
    const text = await readFile(heapFile(`after.api-${leaking.pid}.heapsnapshot`));
    const { snapshot, nodes, strings } = JSON.parse(text.toString('utf8'));
    const width = snapshot.meta.node_fields.length;
    const types = snapshot.meta.node_types[0];
    const expected = new Map<string, { count: number; bytes: number }>();
    for (let at = 0; at < nodes.length; at += width) {
      const type = types[nodes[at]];
      const name = type === 'object' || type === 'native' ? strings[nodes[at + 1]] : `(${type})`;
      const { count, bytes } = expected.get(name) ?? { count: 0, bytes: 0 };
      expected.set(name, { count: count + 1, bytes: bytes + nodes[at + 3] });
    }
    for (const size of [text.length, 4_099]) {
      const scan = new SnapshotScan();
      for (let at = 0; at < text.length; at += size) scan.push(text.subarray(at, at + size));
      expect(new Map(scan.result())).toEqual(expected);
    }
  });

  it('keeps snapshots where only their owner reads them', async () => {
    expect((await stat(join(dataDir, 'heap'))).mode & 0o777).toBe(0o700);
    for (const name of await readdir(join(dataDir, 'heap')))
      expect((await stat(heapFile(name))).mode & 0o777, name).toBe(0o600);
  });

  it.each(['', 'two words', '../outside', 'a'.repeat(51), 'ümlaut', 'before'])(
    'refuses the label "%s"',
    async (label) => {
      await expect(heap('snapshot', '--label', label)).rejects.toThrow(
        /^(The label must have|There is a snapshot "before")/,
      );
    },
  );

  it('sends no signal to a process that is none of this installation, whatever its markers say', async () => {
    const other = spawn('sleep', ['60']);
    await once(other, 'spawn');
    const pid = other.pid ?? 0;
    try {
      const asked = () => heap('snapshot', '--label', 'other', '--pid', String(pid));
      const unknown = `No process ${pid} of this installation runs here. Running are: ${leaking.pid} (api).`;
      await expect(asked()).rejects.toThrow(unknown);
      // A process of ours that was killed, whose id another program has now.
      const facts = { pid, kind: 'api', host: hostname(), identity: 'an earlier start' };
      await writeFile(heapFile(`${pid}-0123456789ab.json`), JSON.stringify(facts));
      await expect(asked()).rejects.toThrow(unknown);
      expect(await readdir(join(dataDir, 'heap'))).not.toContain(`${pid}-0123456789ab.json`);
      // One of ours, in another container.
      const elsewhere = { ...facts, host: 'elsewhere', identity: processIdentity(pid) };
      await writeFile(heapFile(`${pid}-0123456789ab.json`), JSON.stringify(elsewhere));
      await expect(asked()).rejects.toThrow(unknown);
      expect([other.exitCode, other.signalCode]).toEqual([null, null]);
      await rm(heapFile(`${pid}-0123456789ab.json`));
    } finally {
      other.kill();
    }
    await expect(heap('snapshot', '--label', 'none', '--pid', '0')).rejects.toThrow('must be the id of a process');
  });

  it('refuses to compare what is no snapshot, or only a part of one', async () => {
    const whole = heapFile(`after.api-${leaking.pid}.heapsnapshot`);
    const { size } = await stat(whole);
    const text = await readFile(whole);
    const contents = {
      'other-text': 'no snapshot at all',
      'other-json': '{"name": "heap"}',
      empty: '',
      endless: '{"snapshot":'.padEnd(100_000),
      cut: text.subarray(0, size - 2),
      half: text.subarray(0, size / 2),
    };
    await expect(heap('compare', 'before', 'missing')).rejects.toThrow(
      'There is no snapshot "missing". autovideo heap list shows those there are.',
    );
    for (const [label, content] of Object.entries(contents)) {
      const path = heapFile(`${label}.api-1.heapsnapshot`);
      await writeFile(path, content);
      await expect(heap('compare', 'before', label)).rejects.toThrow(
        `"${label}": It is no heap snapshot, or not a whole one.`,
      );
      expect(await heap('remove', label)).toBe(`"${label}" is removed.`);
    }
  });

  it('keeps at most ten, and says which one to remove', async () => {
    for (let number = 3; number <= 10; number++) await writeFile(heapFile(`n${number}.api-1.heapsnapshot`), '');
    await expect(heap('snapshot', '--label', 'eleventh')).rejects.toThrow(
      '10 snapshots are kept. Remove one first: autovideo heap remove before',
    );
    for (let number = 3; number <= 10; number++) await heap('remove', `n${number}`);
  });

  it('takes no snapshot for a signal that another program has sent', async () => {
    leaking.kill('SIGUSR2');
    await until('it has said so', () => output.includes('SIGUSR2 without a request for a heap snapshot'));
    expect(leaking.exitCode).toBeNull();
    expect(await readdir(join(dataDir, 'heap'))).toHaveLength(3);
  });

  it('says why a process could not write one', async () => {
    const [marker = ''] = (await readdir(join(dataDir, 'heap'))).filter((name) => name.startsWith(`${leaking.pid}-`));
    // In place of the file that the process would write.
    const partial = heapFile(marker.replace('.json', '.partial'));
    await mkdir(partial);
    await expect(heap('snapshot', '--label', 'refused')).rejects.toThrow(/^No snapshot was taken\. ./);
    expect(await readdir(join(dataDir, 'heap'))).toHaveLength(4);
    expect(leaking.exitCode).toBeNull();
  });

  it('says that a process has ended without a snapshot, and removes what it has left', async () => {
    leaking.kill('SIGSTOP');
    const asked = heap('snapshot', '--label', 'late');
    const refused = expect(asked).rejects.toThrow(
      `Process ${leaking.pid} has ended without a snapshot. Was it out of memory?`,
    );
    leaking.kill('SIGKILL');
    await refused;
    const names = await readdir(join(dataDir, 'heap'));
    expect(names.filter((name) => name.startsWith(`${leaking.pid}-`))).toEqual([]);
    await expect(heap('snapshot', '--label', 'late')).rejects.toThrow(
      'No process of this installation runs here. One in another container or on another machine is asked there.',
    );
    await truncate(heapFile(`after.api-${leaking.pid}.heapsnapshot`), 0);
  });
});
