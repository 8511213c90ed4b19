import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { repository, useProject } from './bootstrap-setup.ts';

const setup = useProject();
const { run, fake } = setup;

describe('Installing with apt-get as root', () => {
  const script = join(repository, 'scripts', 'bootstrap', 'apt-install.sh');
  const policy = () => join(setup.base, 'policy-rc.d');

  beforeEach(() => {
    // Logs whether a package may start Redis, and another service, while packages are unpacked.
    fake(
      'apt-get',
      `case "$*" in *install*) for s in redis-server.service other.service; do
      if [ ! -e "${policy()}" ]; then r=none; elif "${policy()}" $s start; then r=yes; else r=no; fi; echo "$s $r" >>"${setup.base}/asked"; done;; esac`,
    );
    fake('dpkg-query', 'exit 1');
    fake('systemctl', `echo "$@" >>"${setup.base}/systemctl"`);
    fake('update-rc.d', 'true');
    fake('service', 'true');
    for (const tool of ['grep', 'rm', 'chmod']) symlinkSync(join('/bin', tool), join(setup.programs, tool));
  });
  const asked = () => readFileSync(join(setup.base, 'asked'), 'utf8');

  it('prevents Redis from starting now and at the next boot, allows others to start, and cleans up', async () => {
    expect((await run('/bin/sh', [script, policy(), 'redis-server', 'ffmpeg'])).code).toBe(0);
    expect(asked()).toBe('redis-server.service no\nother.service yes\n');
    expect(readFileSync(join(setup.base, 'systemctl'), 'utf8')).toContain('disable');
    expect(existsSync(policy())).toBe(false);
  });

  it('cleans up when the installation fails', async () => {
    fake(
      'apt-get',
      `case "$*" in *install*) [ -e "${policy()}" ] && echo there >"${setup.base}/asked"; exit 100;; esac`,
    );
    expect((await run('/bin/sh', [script, policy(), 'redis-server'])).code).toBe(100);
    expect(asked()).toBe('there\n');
    expect(existsSync(policy())).toBe(false);
  });

  it('keeps a foreign policy, and replaces one that a killed run of the set-up left', async () => {
    writeFileSync(policy(), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    await run('/bin/sh', [script, policy(), 'redis-server']);
    expect(readFileSync(policy(), 'utf8')).toBe('#!/bin/sh\nexit 101\n');
    writeFileSync(policy(), '#!/bin/sh\n# auto-video set-up\nexit 101\n', { mode: 0o755 });
    await run('/bin/sh', [script, policy(), 'ffmpeg']);
    expect(asked().split('\n').slice(2, 4)).toEqual(['redis-server.service none', 'other.service none']);
    expect(existsSync(policy())).toBe(false);
  });

  it('does not touch a Redis that was installed before', async () => {
    fake('dpkg-query', 'echo installed');
    await run('/bin/sh', [script, policy(), 'redis-server', 'ffmpeg']);
    expect(existsSync(join(setup.base, 'systemctl'))).toBe(false);
  });
});
