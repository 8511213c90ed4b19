import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { localUrl } from './local-url.ts';

describe('the address of a server on this machine', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:8000'],
    ['::1', 'http://[::1]:8000'],
    ['fd00::2', 'http://[fd00::2]:8000'],
    ['0.0.0.0', 'http://localhost:8000'],
    ['::', 'http://localhost:8000'],
    ['video.example.org', 'http://video.example.org:8000'],
  ])('of HOST=%s is %s', (host, url) => {
    expect(localUrl({ host, port: 8000 })).toBe(url);
    expect(new URL(url).port).toBe('8000');
  });

  it('is built from a host only in this module', () => {
    // The address of an outside service is no host of this machine.
    const files = globSync('src/**/*.ts', { exclude: ['src/providers/**'] });
    const builders = files.filter((file) => /`https?:\/\/\$\{/.test(readFileSync(file, 'utf8')));
    expect(builders).toEqual(['src/local-url.ts']);
  });
});
