import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Machine } from './machine-usage.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** A folder with these files of /proc and /sys. */
function system(files: Readonly<Record<string, string>>, platform?: NodeJS.Platform) {
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  roots.push(root);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  let now = 0;
  const machine = new Machine({ root, now: () => now, ...(platform && { platform }) });
  const pass = (seconds: number) => {
    now += 1_000 * seconds;
  };
  return { machine, write, pass };
}

const GIB = 1_073_741_824;

describe('The use of a container', () => {
  it('is a share of its limits, without the contents of files that can be dropped', () => {
    const { machine, write, pass } = system({
      'proc/self/cgroup': '0::/kubepods/pod1\n',
      'sys/fs/cgroup/memory.max': `${GIB}\n`,
      'sys/fs/cgroup/memory.current': `${GIB / 2}\n`,
      'sys/fs/cgroup/memory.stat': `anon 1\nfile 5\ninactive_file ${GIB / 4}\nactive_file 3\n`,
      'sys/fs/cgroup/cpu.max': '150000 100000\n',
      'sys/fs/cgroup/cpu.stat': 'usage_usec 1000000\nuser_usec 1\n',
    });
    expect(machine.read()).toEqual({ cpuPercent: null, memoryPercent: 25 });
    for (let reading = 1; reading < 10; reading++) {
      pass(30);
      expect(machine.read().cpuPercent).toBeNull();
    }
    pass(30);
    // 360 of 450 seconds of one and a half processors.
    write('sys/fs/cgroup/cpu.stat', 'usage_usec 361000000\nuser_usec 1\n');
    expect(machine.read()).toEqual({ cpuPercent: expect.closeTo(80), memoryPercent: 25 });
  });

  it('of its processors is that of five minutes', () => {
    const { machine, write, pass } = system({
      'sys/fs/cgroup/cpu.max': '100000 100000',
      'sys/fs/cgroup/cpu.stat': 'usage_usec 0',
    });
    let busy = 0;
    const read = (seconds: number) => {
      pass(30);
      busy += seconds;
      write('sys/fs/cgroup/cpu.stat', `usage_usec ${1_000_000 * busy}`);
      return machine.read().cpuPercent;
    };
    for (let reading = 0; reading < 20; reading++) read(0);
    // A film uses all of it for two minutes.
    const film = Array.from({ length: 14 }, (_, reading) => read(reading < 4 ? 30 : 0));
    expect(film.map((percent) => Math.round(percent ?? -1))).toEqual([
      10, 20, 30, 40, 40, 40, 40, 40, 40, 40, 30, 20, 10, 0,
    ]);
  });

  it('is that of its own group where the tree has others', () => {
    const { machine } = system({
      'proc/self/cgroup': '0::/service\n',
      'sys/fs/cgroup/service/memory.max': `${GIB}\n`,
      'sys/fs/cgroup/service/memory.current': `${GIB / 10}\n`,
    });
    expect(machine.read().memoryPercent).toBeCloseTo(10);
  });

  it('is read from control groups of version 1 too', () => {
    const { machine, write, pass } = system({
      'proc/self/cgroup': '9:name=systemd:/\n4:memory:/docker/1\n2:cpu,cpuacct:/docker/1\n0::/\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': `${GIB}\n`,
      'sys/fs/cgroup/memory/memory.usage_in_bytes': `${GIB}\n`,
      'sys/fs/cgroup/memory/memory.stat': `inactive_file 1\ntotal_inactive_file ${GIB / 2}\n`,
      'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '200000\n',
      'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
      'sys/fs/cgroup/cpu,cpuacct/cpuacct.usage': '5000000000\n',
    });
    expect(machine.read().memoryPercent).toBeCloseTo(50);
    for (let reading = 1; reading < 10; reading++) machine.read();
    pass(10);
    write('sys/fs/cgroup/cpu,cpuacct/cpuacct.usage', '10000000000\n');
    expect(machine.read().cpuPercent).toBeCloseTo(25);
  });
});

describe('Without a limit', () => {
  it.each([
    ['of version 2', { 'sys/fs/cgroup/memory.max': 'max', 'sys/fs/cgroup/memory.current': '5' }],
    [
      'of version 1',
      {
        'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712',
        'sys/fs/cgroup/memory/memory.usage_in_bytes': '5',
        'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1',
      },
    ],
    [
      'above what the machine has',
      { 'sys/fs/cgroup/memory.max': `${2 * totalmem()}`, 'sys/fs/cgroup/memory.current': '5' },
    ],
    ['and without control groups', {}],
  ])('%s the use of the machine counts', (_, files) => {
    const { machine } = system({ 'proc/self/cgroup': '0::/\n', ...files });
    const { memoryPercent } = machine.read();
    expect(memoryPercent).toBeGreaterThan(1);
    expect(memoryPercent).toBeLessThanOrEqual(100);
    for (let reading = 1; reading < 10; reading++) machine.read();
    const end = performance.now() + 300;
    while (performance.now() < end);
    const { cpuPercent } = machine.read();
    expect(cpuPercent).toBeGreaterThan(0);
    expect(cpuPercent).toBeLessThanOrEqual(100);
  });

  it('the memory is unknown on macOS, which counts contents of files as used', () => {
    expect(system({}, 'darwin').machine.read().memoryPercent).toBeNull();
    expect(system({}, 'linux').machine.read().memoryPercent).toBeGreaterThan(1);
  });
});
