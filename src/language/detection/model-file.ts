import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** The file of the n-gram model, 0.9 MB, which a build has beside it too. */
export function readModelFile(): ArrayBuffer {
  const file = readFileSync(join(dirname(findPackageJSON(import.meta.url) ?? ''), 'data', 'language-ngrams.bin'));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
}
