import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const PAGES = globSync(['README*.md', 'CONTRIBUTING.md', 'docs/**/*.md']).toSorted();
const FOLDERS = ['src', 'test', 'bench', 'scripts', 'docs', 'bin', 'samples'];

it.each(PAGES)('%s names only files that exist', (page) => {
  const text = readFileSync(page, 'utf8');
  const spans = Array.from(text.matchAll(/`([^`\s]+)`/g), ([, span = '']) => span);
  // Placeholders and patterns name no file.
  const named = spans.filter((span) => FOLDERS.includes(span.split('/')[0] ?? '') && /^[\w./-]+$/.test(span));
  const missing = named.filter((path) => path.includes('/') && !existsSync(path));
  expect(missing, `${page} names files that do not exist`).toEqual([]);
  const links = Array.from(text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g), ([, target = '']) => target);
  const broken = links.filter((link) => !link.includes(':') && !existsSync(join(dirname(page), link)));
  expect(broken, `${page} links to files that do not exist`).toEqual([]);
});

it('What a page says is in a source file is declared there', () => {
  const named = PAGES.flatMap((page) => {
    const pairs = readFileSync(page, 'utf8').matchAll(/`(\w{1,60})(?:\(\))?` in `([\w./-]{1,200}\.ts)`/g);
    return Array.from(pairs, ([, name = '', path = '']) => ({ page, name, path }));
  });
  expect(named.length).toBeGreaterThan(10);
  const wrong = named.filter(({ name, path }) => !declares(readFileSync(path, 'utf8'), name));
  expect(wrong, 'pages name the wrong file, or a name that has changed').toEqual([]);
});

/** True if the source declares a constant, function, type or class of this name. */
function declares(source: string, name: string): boolean {
  return new RegExp(`\\b(?:const|function|type|interface|class) ${name}\\b`).test(source);
}
