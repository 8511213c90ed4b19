import { globSync, readFileSync } from 'node:fs';
import { collect } from './linear-text/collect.ts';
import { BUILT_PATTERNS, NORMALIZATIONS, UNKNOWN_PATTERNS } from './linear-text/exceptions.ts';
import { findings } from './linear-text/findings.ts';
import { VerdictCache } from './linear-text/verdict-cache.ts';

// Fails if a regular expression of src could take more than linear time; see docs/decisions/0016-linear-text.md.
const files = globSync('src/**/*.ts', { exclude: ['**/*.test.ts'] }).toSorted();
const collected = files.map((file) => collect(file.replaceAll('\\', '/'), readFileSync(file, 'utf8')));
const literals = collected.flatMap((one) => one.literals);
const uses = collected.flatMap((one) => one.uses);
const cache = new VerdictCache('node_modules/.cache/auto-video/linear-text.txt');
const exceptions = {
  unknownPatterns: UNKNOWN_PATTERNS,
  builtPatterns: BUILT_PATTERNS,
  normalizations: NORMALIZATIONS,
};
const found = await findings(literals, uses, exceptions, cache.checkPattern);
cache.save();
for (const sentence of found) console.error(sentence);
if (found.length > 0) process.exitCode = 1;
else console.log(`${literals.length} regular expressions in ${files.length} files of src are linear.`);
