import { globSync, readFileSync } from 'node:fs';
import { findRetired } from './words/find-retired.ts';
import { RETIRED_IDENTIFIERS } from './words/retired-identifiers.ts';
import { RETIRED_PHRASES } from './words/retired-phrases.ts';

// Fails where a retired word or phrase is used; docs/glossary.md has the terms.
const retired = { identifiers: RETIRED_IDENTIFIERS, phrases: RETIRED_PHRASES };

const FOLDERS = '{src,test,bench,scripts,docs}/**/*.{ts,mts,mjs,sh,graphql,md}';
const EXCLUDED = [
  '**/node_modules/**',
  '**/generated/**',
  // The lists themselves and their test.
  'scripts/words/**',
  'test/scripts/check-words.test.ts',
  // Words of the language that is processed, and sample texts.
  'src/providers/local/cards/wording/motif-{names/*,icons}.ts',
  'test/providers/motifs/motif-cases.ts',
  'src/language/words/stop-words.ts',
  'src/language/document/{sentence-like,plain-heading.test}.ts',
  'test/language/short-texts.ts',
  'test/corpus/*/*.ts',
  'test/language/{pasted,sentences}/*.ts',
  'src/language/headlines/qualifier-words.ts',
  'test/language/**/*.cases.ts',
  'src/providers/local/script/early-script.test.ts',
  'test/providers/local-speech-provider.test.ts',
  'bench/media/voices/{languages,sentences}.ts',
];
const files = globSync([FOLDERS, 'README*.md', 'CONTRIBUTING.md'], { exclude: EXCLUDED }).toSorted();

const found = files.flatMap((file) => findRetired(file.replaceAll('\\', '/'), readFileSync(file, 'utf8'), retired));
for (const sentence of found) console.error(sentence);
if (found.length > 0) process.exitCode = 1;
else console.log(`${files.length} files use no retired word.`);
