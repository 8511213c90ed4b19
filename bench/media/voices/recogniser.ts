import { execFile } from 'node:child_process';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the package pocketsphinx-en-us of Debian and Ubuntu puts its model. */
const MODEL = '/usr/share/pocketsphinx/model/en-us';
const MISSING = `PocketSphinx is missing, which this bench needs to measure word error rates. On Debian and Ubuntu:
  apt-get install pocketsphinx pocketsphinx-en-us`;

/** Throws an Error that says what to install. */
export async function requireRecogniser(): Promise<void> {
  try {
    await access(join(MODEL, 'en-us.lm.bin'));
    await run('pocketsphinx_batch', ['-help', 'yes']).catch(unlessStarted);
  } catch (cause) {
    throw new Error(MISSING, { cause });
  }
}

/** The words that PocketSphinx hears in WAV files of 16 kHz, 16 bit, mono in a folder; the names are without ".wav". */
export async function heardIn(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const list = join(folder, 'list');
  const heard = join(folder, 'heard');
  await writeFile(list, `${names.join('\n')}\n`);
  const model = ['-hmm', `${MODEL}/en-us`, '-lm', `${MODEL}/en-us.lm.bin`, '-dict', `${MODEL}/cmudict-en-us.dict`];
  const sound = ['-cepdir', folder, '-cepext', '.wav', '-adcin', 'yes', '-adchdr', '44'];
  await run('pocketsphinx_batch', [...model, ...sound, '-ctl', list, '-hyp', heard, '-logfn', join(folder, 'log')]);
  // Each line: the words, then the name and a score in brackets.
  const lines = (await readFile(heard, 'utf8')).split('\n');
  return names
    .map((name) => lines.find((line) => line.includes(` (${name} `) || line.startsWith(`(${name} `)) ?? '')
    .map((line) => line.slice(0, Math.max(0, line.lastIndexOf('('))));
}

/** It may end with any status: it has started. */
function unlessStarted(error: NodeJS.ErrnoException): void {
  if (error.code === 'ENOENT') throw error;
}
