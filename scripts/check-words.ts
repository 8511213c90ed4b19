import { globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findRetired } from './words/find-retired.ts';
import { RETIRED_IDENTIFIERS } from './words/retired-identifiers.ts';
import { RETIRED_PHRASES } from './words/retired-phrases.ts';

// Fails where a retired word is used; docs/glossary.md has the terms. With --phrases, retired phrases are searched for, too.
const { values } = parseArgs({ options: { phrases: { type: 'boolean', default: false } } });
const retired = { identifiers: RETIRED_IDENTIFIERS, phrases: values.phrases ? RETIRED_PHRASES : [] };

const FOLDERS = '{src,test,bench,scripts,docs}/**/*.{ts,mts,mjs,sh,graphql,md}';
// Installed packages, what is generated, and the lists and their test themselves.
const EXCLUDED = ['**/node_modules/**', '**/generated/**', 'scripts/words/**', 'test/scripts/check-words.test.ts'];
const files = globSync([FOLDERS, 'README*.md', 'CONTRIBUTING.md'], { exclude: EXCLUDED }).toSorted();

const found = files.flatMap((file) => findRetired(file.replaceAll('\\', '/'), readFileSync(file, 'utf8'), retired));
for (const sentence of found) console.error(sentence);
if (found.length > 0) process.exitCode = 1;
else console.log(`${files.length} files use no retired word.`);
