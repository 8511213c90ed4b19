import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { useProject } from './bootstrap-setup.ts';

const setup = useProject();
const { run, fake } = setup;
const TOOLS = ['prometheus', 'promtool', 'amtool'];

describe('The tools that only tests use', () => {
  beforeEach(() => {
    fake('apt-get', `echo "$*" >>"${calls()}"; for name in "$@"; do last=$name; done\n${DOWNLOAD}`);
    fake('dpkg-deb', `${UNPACK}`);
    for (const tool of ['mkdir', 'touch']) symlinkSync(join('/bin', tool), join(setup.programs, tool));
  });
  const calls = () => join(setup.base, 'apt-calls');
  const folder = () => join(setup.project, '.autovideo', 'test-tools');
  const prepare = (...args: string[]) =>
    run(process.execPath, [join(setup.project, 'scripts', 'bootstrap.mjs'), ...args]);
  const DOWNLOAD = 'case "$*" in *" download "*) touch prometheus_2.deb prometheus-alertmanager_0.deb ;; esac';
  const UNPACK = `[ "$1" = --version ] && exit 0; mkdir -p "$3/usr/bin"
    case "$2" in prometheus_*) touch "$3/usr/bin/prometheus" "$3/usr/bin/promtool" ;; *) touch "$3/usr/bin/amtool" ;; esac`;

  it('are fetched without rights, once, and leave nothing else', async () => {
    const { code, output } = await prepare('--for', 'tests');
    expect(output).toMatch(/^set-up: fetched prometheus, promtool, amtool for the tests, \d+\.\d s\n$/);
    expect(code).toBe(0);
    expect(readdirSync(folder()).sort()).toEqual(TOOLS.toSorted());
    expect(readdirSync(join(setup.project, '.autovideo'))).toEqual(['test-tools']);
    expect(readFileSync(calls(), 'utf8')).not.toContain('install');
    expect(await prepare('--for', 'tests')).toEqual({ code: 0, output: '' });
    expect(await prepare('--only', 'test-tools')).toEqual({ code: 0, output: '' });
  });

  it('are not fetched for other commands, nor where they are on the PATH', async () => {
    expect(await prepare()).toEqual({ code: 0, output: '' });
    for (const name of TOOLS) fake(name, 'true');
    expect(await prepare('--for', 'tests')).toEqual({ code: 0, output: '' });
    expect(existsSync(folder())).toBe(false);
  });

  it('are fetched from the package that has the missing one alone', async () => {
    for (const name of ['prometheus', 'promtool']) fake(name, 'true');
    fake(
      'apt-get',
      `echo "$*" >>"${calls()}"; case "$*" in *" download "*) touch prometheus-alertmanager_0.deb ;; esac`,
    );
    expect((await prepare('--only', 'test-tools')).code).toBe(0);
    expect(readFileSync(calls(), 'utf8')).toMatch(/ download prometheus-alertmanager\n$/);
    expect(readdirSync(folder())).toEqual(['amtool']);
  });

  it('say why they could not be fetched, and are tried again', async () => {
    fake('apt-get', '[ "$1" = --version ] && exit 0; echo "E: no network"; exit 100');
    const { code, output } = await prepare('--only', 'test-tools');
    expect(code).toBe(1);
    expect(output).toMatch(/which the tests need, could not be fetched\. apt-get says:\nE: no network/);
    expect(existsSync(folder())).toBe(false);
  });

  it('name what to install where there is no apt-get', async () => {
    rmSync(join(setup.programs, 'dpkg-deb'));
    const { code, output } = await prepare('--only', 'test-tools');
    expect(code).toBe(1);
    expect(output).toContain(
      'The tests need prometheus, promtool, amtool, and there is no apt-get to fetch them with.',
    );
  });
});
