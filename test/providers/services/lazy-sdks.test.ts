import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../../../src/service-settings.ts';

const folders = Object.keys(SERVICES).map((service) => service.toLowerCase().replaceAll('_', '-'));
const adapters = globSync(`src/providers/{${folders.join(',')}}/**/*.ts`, { exclude: ['**/*.test.ts'] });

/** In a process of its own: here, other tests have loaded the SDKs already. */
const LIST_PACKAGES = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(found.url)?.[1];
      if (name !== undefined) packages.add(name);
      return found;
    },
  });
  for (const path of process.argv.slice(1)) await import(path);
  console.log(JSON.stringify([...packages]));
`;

describe('A start without keys', () => {
  it('loads no SDK of a service with its adapter', async () => {
    expect(adapters.length).toBeGreaterThan(3);
    const paths = adapters.map((path) => resolve(path));
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      LIST_PACKAGES,
      '--',
      ...paths,
    ]);
    const packages: unknown = JSON.parse(stdout);
    expect(packages).toContain('zod');
    expect(packages).not.toContain('ai');
    expect(packages).not.toContainEqual(expect.stringMatching(/^@ai-sdk\//));
  });
});
