import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Speech } from '../../src/providers/ports.ts';
import { until } from '../helpers/until.ts';

/** Running speech programs that a process (by default this one) has started. */
export function speechPrograms(parent = process.pid): number[] {
  const children = readdirSync(`/proc/${parent}/task`).flatMap((thread) =>
    procFile(parent, `task/${thread}/children`).split(' '),
  );
  // A defunct process has no command line.
  return children.map(Number).filter((pid) => pid > 0 && /(?:espeak|flite)-child/.test(procFile(pid, 'cmdline')));
}

/** Empty for a process that has just exited. */
export function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

export async function firstProgram(parent?: number): Promise<number> {
  return await expect
    .poll(() => speechPrograms(parent)[0], { timeout: 5000, interval: 20 })
    .toBeDefined()
    .then(() => speechPrograms(parent)[0] ?? 0);
}

export function samplesOf({ wav }: Speech): Int16Array {
  return new Int16Array(wav.slice(44).buffer);
}

/** Loudest sample of each 10 ms. */
function loudness(speech: Speech): number[] {
  const samples = samplesOf(speech);
  const step = Math.round(speech.sampleRate / 100);
  return Array.from({ length: Math.floor(samples.length / step) }, (_, index) =>
    samples
      .subarray(index * step, (index + 1) * step)
      .reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0),
  );
}

/** Seconds of the onsets of sound after at least 150 ms of silence (or at the beginning). */
export function onsets(speech: Speech): number[] {
  let quiet = 15;
  return loudness(speech).flatMap((loudest, index) => {
    const begins = loudest > 200 && quiet >= 15;
    quiet = loudest > 200 ? 0 : quiet + 1;
    return begins ? [index / 100] : [];
  });
}

/** The median pitch of the voiced parts in Hz, by autocorrelation of each 40 ms, for a voice of 70 to 300 Hz. */
export function pitchOf(speech: Speech): number {
  const samples = samplesOf(speech);
  const { sampleRate } = speech;
  const frame = Math.round(0.04 * sampleRate);
  const pitches: number[] = [];
  for (let start = 0; start + 2 * frame <= samples.length; start += frame) {
    const similarity = (lag: number): number => {
      let [sum, here, there] = [0, 1, 1];
      for (let at = start; at < start + frame; at += 1) {
        const [a, b] = [samples[at] ?? 0, samples[at + lag] ?? 0];
        sum += a * b;
        here += a * a;
        there += b * b;
      }
      return here < frame * 500 ** 2 ? 0 : sum / Math.sqrt(here * there);
    };
    const lags = Array.from(
      { length: Math.floor(sampleRate / 70) - Math.ceil(sampleRate / 300) },
      (_, index) => Math.ceil(sampleRate / 300) + index,
    );
    const best = lags.map((lag) => [similarity(lag), lag] as const).reduce((a, b) => (b[0] > a[0] ? b : a));
    if (best[0] > 0.8) pitches.push(sampleRate / best[1]);
  }
  return pitches.sort((a, b) => a - b)[Math.floor(pitches.length / 2)] ?? 0;
}

export function expectSound(speech: Speech): void {
  expect(speech.sampleRate).toBeGreaterThanOrEqual(16_000);
  expect(speech.wav.length).toBe(44 + Math.round(speech.durationSeconds * speech.sampleRate) * 2);
  expect(loudness(speech).some((loudest) => loudest > 5000)).toBe(true);
}

export function expectTimings(text: string, { timings, durationSeconds }: Speech): void {
  let offset = 0;
  let seconds = 0;
  for (const timing of timings) {
    expect(timing.text).toBe(text.slice(timing.textStart, timing.textEnd));
    expect(text.slice(offset, timing.textStart).trim()).toBe('');
    expect(timing.startSeconds).toBeGreaterThanOrEqual(seconds);
    expect(timing.endSeconds).toBeGreaterThan(timing.startSeconds);
    offset = timing.textEnd;
    seconds = timing.endSeconds;
  }
  expect(text.slice(offset).trim()).toBe('');
  expect(seconds).toBeLessThanOrEqual(durationSeconds);
  expect(seconds).toBeGreaterThan(durationSeconds - 0.3);
}

/** The speech programs that were not there before, once there is one. */
export async function startedSince(before: readonly number[]): Promise<readonly number[]> {
  const started = () => speechPrograms().filter((pid) => !before.includes(pid));
  await until('a speech program runs', () => started().length > 0);
  return started();
}
/** A text for each language, with what is hard to read aloud. */
export const samples: readonly (readonly [language: string, text: string])[] = [
  ['en', 'Hello, world — it costs $5 & takes 20 °C. 🎉 “Really?” See https://www.example.com/a!'],
  ['en-GB', 'Hello, world. This is a test of the voice.'],
  ['zh-TW', '你好，世界！今天是2024年3月5日，溫度25°C。「英雄」喜歡🎉兒童……'],
  ['zh-CN', '你好，世界！我们学习汉语，银行行长在重庆长大。'],
  ['de', 'Schöne Grüße aus München, es ist 20 °C.'],
  ['fr', 'Bonjour à tous, c’est l’été déjà.'],
  ['es', '¿Qué tal? El niño comió 3 manzanas.'],
  ['es-419', '¡Hola! El niño comió 3 manzanas.'],
  ['pt-BR', 'Olá, o coração não tem razão.'],
  ['pt-PT', 'Olá, o coração não tem razão.'],
  ['it', 'Ciao a tutti, perché non venite?'],
  ['nl', 'Goedendag allemaal, het is mooi weer.'],
  ['sv', 'Hej alla, det är vackert väder.'],
  ['da', 'Hej alle, det er smukt vejr i dag.'],
  ['nb', 'Hei alle, det er pent vær i dag.'],
  ['fi', 'Hei kaikki, tänään on kaunis päivä.'],
  ['pl', 'Dzień dobry, dziś jest ładna pogoda.'],
  ['cs', 'Dobrý den, dnes je krásné počasí.'],
  ['hu', 'Jó napot, ma szép idő van.'],
  ['ro', 'Bună ziua, astăzi este frumos.'],
  ['tr', 'Merhaba, bugün hava çok güzel.'],
  ['id', 'Selamat pagi, hari ini cerah.'],
  ['ca', 'Bon dia, avui fa molt bon temps.'],
  ['ru', 'Добрый день, сегодня хорошая погода.'],
  ['uk', 'Добрий день, сьогодні гарна погода.'],
  ['el', 'Καλημέρα, σήμερα ο καιρός είναι ωραίος.'],
];
