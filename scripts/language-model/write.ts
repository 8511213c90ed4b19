// Writes data/language-ngrams.bin from the database of eld: node scripts/language-model/write.ts
import { writeFileSync } from 'node:fs';
import { fileOf } from './from-eld.ts';

writeFileSync(new URL('../../data/language-ngrams.bin', import.meta.url), new Uint8Array(await fileOf()));
