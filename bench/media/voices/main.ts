// node bench/media/voices/main.ts [voice ...]
// Word error rates of the English voices by PocketSphinx, and words a minute of voices of other languages.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LocalSpeechProvider } from '../../../src/providers/local/speech/local-speech-provider.ts';
import type { Speech } from '../../../src/providers/ports.ts';
import { row, say } from '../../shared/measure.ts';
import { paragraphs } from './languages.ts';
import { heardIn, requireRecogniser } from './recogniser.ts';
import { sentences } from './sentences.ts';
import { wordErrors, wordsOf } from './word-errors.ts';

const run = promisify(execFile);
const never = new AbortController().signal;
/** Silence around each sentence that the recogniser gets, in seconds. */
const MARGIN = 0.15;

async function main(wanted: readonly string[]): Promise<void> {
  await requireRecogniser();
  const provider = new LocalSpeechProvider();
  const folder = await mkdtemp(join(tmpdir(), 'autovideo-voices-'));
  try {
    row(`English, ${sentences.length} sentences`, 'word error rate', 'words a minute');
    for (const { id } of provider.voices('en'))
      if (wanted.length === 0 || wanted.includes(id)) await measureVoice(provider, id, folder);
    say();
    row('other languages, first voice, rate only', 'words a minute', 'letters a second');
    for (const [language, text] of Object.entries(paragraphs)) await measureRate(provider, language, text);
  } finally {
    await rm(folder, { recursive: true });
    await provider.close();
  }
}

async function measureVoice(provider: LocalSpeechProvider, voiceId: string, folder: string): Promise<void> {
  const text = sentences.join(' ');
  const speech = await provider.speak({ text, language: 'en', voiceId, speed: 1 }, never);
  const whole = join(folder, 'whole.wav');
  await writeFile(whole, speech.wav);
  const names: string[] = [];
  for (const { name, start, end } of placesOf(speech)) {
    const part = ['-ss', `${start}`, '-to', `${end}`, '-i', whole];
    const sound = ['-af', `adelay=${MARGIN * 1000},apad=pad_dur=${MARGIN}`, '-ar', '16000', '-ac', '1'];
    await run('ffmpeg', ['-v', 'error', '-y', ...part, ...sound, '-bitexact', join(folder, `${name}.wav`)]);
    names.push(name);
  }
  const heard = await heardIn(folder, names);
  const counts = sentences.map((sentence, index) => wordErrors(sentence, heard[index] ?? ''));
  const [errors, words] = [sum(counts.map((one) => one.errors)), sum(counts.map((one) => one.words))];
  row(voiceId, `${((100 * errors) / words).toFixed(1)} %`, (words / (speech.durationSeconds / 60)).toFixed(0));
}

/** The place of each sentence in the sound, by the times of its first and last word. */
function placesOf({ timings }: Speech): readonly { name: string; start: number; end: number }[] {
  let offset = 0;
  return sentences.map((sentence, index) => {
    const end = offset + sentence.length;
    const own = timings.filter(({ textStart }) => textStart >= offset && textStart < end);
    offset = end + 1;
    const name = String(index).padStart(2, '0');
    return { name, start: own[0]?.startSeconds ?? 0, end: (own.at(-1)?.endSeconds ?? 0) + 0.02 };
  });
}

async function measureRate(provider: LocalSpeechProvider, language: string, text: string): Promise<void> {
  const { durationSeconds } = await provider.speak({ text, language, speed: 1 }, never);
  const isSpaced = !language.startsWith('zh');
  const words = isSpaced ? (wordsOf(text).length / (durationSeconds / 60)).toFixed(0) : '-';
  row(language, words, ((text.match(/\p{L}/gu)?.length ?? 0) / durationSeconds).toFixed(1));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

await main(process.argv.slice(2));
