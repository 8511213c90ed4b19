// Writes src/providers/local/cards/wording/motif-icons.ts from the unpacked npm package @phosphor-icons/core 2.1.1, which
// has 38 MB and is therefore no dependency:
// npm pack @phosphor-icons/core@2.1.1 && tar xzf phosphor-icons-core-2.1.1.tgz && node scripts/motif-icons/write.ts package
import { readFileSync, writeFileSync } from 'node:fs';
import { ICON_NAMES } from './icon-names.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Give the folder of the unpacked package @phosphor-icons/core.');

/** The path data of an icon whose viewBox is 0 0 256 256. Throws if the file is not of that form. */
function pathOf(name: string): string {
  const svg = readFileSync(`${folder}/assets/fill/${name}-fill.svg`, 'utf8');
  const path = /^<svg [^>]*viewBox="0 0 256 256"[^>]*><path d="([^"]+)"\/><\/svg>\s*$/u.exec(svg)?.[1];
  if (path === undefined) throw new Error(`${name}-fill.svg is not one path of 256 × 256.`);
  return path;
}

const lines = ICON_NAMES.map((name) => `  ${name.includes('-') ? `'${name}'` : name}: '${pathOf(name)}',`);
writeFileSync(
  new URL('../../src/providers/local/cards/wording/motif-icons.ts', import.meta.url),
  `// Written by scripts/motif-icons/write.ts from @phosphor-icons/core 2.1.1 (MIT, © Phosphor Icons).
/** SVG path data of filled icons, in a square of 256. */
export const MOTIF_ICONS = {
${lines.join('\n')}
} as const;
`,
);
