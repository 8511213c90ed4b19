import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** The most common passwords and their words, in lower case, of at least four characters; read at the first use (3 MB of memory). */
export class CommonPasswords {
  #words: ReadonlySet<string> | undefined;

  has(word: string): boolean {
    this.#words ??= new Set(readCommonPasswords().split('\n'));
    return word !== '' && this.#words.has(word);
  }
}

/** A build has the file beside it too. */
function readCommonPasswords(): string {
  return readFileSync(join(dirname(findPackageJSON(import.meta.url) ?? ''), 'data', 'common-passwords.txt'), 'utf8');
}
