import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const ENGLISH = page('README.md');
const CHINESE = page('README.zh-TW.md');
/** What only one of the pages needs: a link to the other, the demo in that page's own language, its own pictures. */
const OWN_LINKS = ['README.md', 'README.zh-TW.md', 'docs/images/frames.jpg', 'docs/images/frames.zh-TW.jpg'];
const OWN_CODE = ['-- --language zh-TW'];

/** What a reader types, sets and opens; the words around it are what differs between languages. */
function page(path: string) {
  const text = readFileSync(path, 'utf8');
  const blocks = Array.from(text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm), ([, language = '', code = '']) => {
    return `${language}\n${language === 'sh' ? withoutComments(code) : code}`;
  });
  const prose = text.replaceAll(/^```\w+\n[\s\S]*?^```$/gm, '');
  const code = Array.from(prose.matchAll(/`([^`\n]+)`/g), ([, span = '']) => span);
  const links = Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
  return { text, blocks, code, links };
}

function withoutComments(code: string): string {
  return code.replaceAll(/ +# .*$/gm, '');
}

function sorted(found: readonly string[], own: readonly string[]): string[] {
  return [...new Set(found)].filter((one) => !own.includes(one)).toSorted();
}

describe('README.zh-TW.md', () => {
  it('has the commands and operations of README.md, in the same order', () => {
    expect(ENGLISH.blocks.length).toBeGreaterThan(8);
    expect(CHINESE.blocks).toEqual(ENGLISH.blocks);
  });

  it('names the settings, commands and paths of README.md', () => {
    expect(sorted(CHINESE.code, OWN_CODE)).toEqual(sorted(ENGLISH.code, OWN_CODE));
  });

  it('links to what README.md links to, for operators to the pages in Chinese', () => {
    const links = CHINESE.links.map((link) => link.replace(/^docs\/operations\/zh-TW\//, 'docs/operations/'));
    expect(sorted(links, OWN_LINKS)).toEqual(sorted(ENGLISH.links, OWN_LINKS));
  });

  it('has the sections of README.md', () => {
    const sections = ({ text }: typeof ENGLISH) => text.match(/^## /gm)?.length;
    expect(sections(CHINESE)).toBe(sections(ENGLISH));
  });
});

describe.each([
  ['README.md', ENGLISH],
  ['README.zh-TW.md', CHINESE],
])('%s', (_, { blocks, code, links }) => {
  it('names only settings that .env.example documents', () => {
    const documented = readFileSync('.env.example', 'utf8');
    const named = code.filter((span) => /^[A-Z]+(_[A-Z]+)*$/.test(span));
    expect(named.length).toBeGreaterThan(10);
    for (const name of named) expect(documented, name).toMatch(new RegExp(`^#?${name}=`, 'm'));
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    const named = [...blocks, ...code].flatMap((text) =>
      Array.from(text.matchAll(/npm (?:run )?([a-z:]+)/g), ([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(scripts, `npm run ${name}`).toHaveProperty([name]);
  });

  it('links only to files that exist', () => {
    for (const link of links.filter((target) => !target.startsWith('https:'))) {
      const [file = '', heading] = link.split('#');
      expect(existsSync(file), link).toBe(true);
      if (heading !== undefined) expect(headingsOf(file), link).toContain(heading);
    }
  });
});

/** The names by which a page's headings are linked. */
function headingsOf(file: string): string[] {
  return Array.from(readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gmu), ([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  );
}
