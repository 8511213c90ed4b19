import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ffmpeg } from '../../../src/media/process/ffmpeg.ts';
import { soundDecoder } from '../../../src/media/sound/decode-sound.ts';
import { externalSpeech } from '../../../src/providers/voices/external-speech.ts';
import { wavFile } from '../../../src/providers/voices/sound/pcm.ts';
import { contextOf } from '../services/adapter-contract.ts';
import { expectSound, expectTimings } from '../speech-checks.ts';
import { RATE, tones, toneVoice } from './spoken-tones.ts';

const ffmpeg = new Ffmpeg();
const { signal } = new AbortController();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decoded-speech-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const TEXT = 'It costs $5 today. That is little, is it not?';
/** As services send it. */
async function encoded(text: string, name: string, ...options: string[]): Promise<Uint8Array> {
  const source = join(folder, 'source.wav');
  await writeFile(source, wavFile([tones(text).samples], RATE));
  await ffmpeg.run(['-i', `file:${source}`, ...options, `file:${join(folder, name)}`], { signal });
  return await readFile(join(folder, name));
}

describe('Speech that a service sends', () => {
  it.each([
    ['speech.mp3', ['-ar', '44100', '-b:a', '128k']],
    ['speech.mp3', ['-ar', '24000', '-b:a', '96k']],
    ['speech.ogg', ['-c:a', 'libopus']],
    ['speech.wav', ['-ar', '22050', '-ac', '2']],
  ])('in %s with %s becomes a WAV file with the times of its words', async (name, options) => {
    const audio = await encoded('It costs five dollars today. That is little, is it not?', name, ...options);
    const provider = externalSpeech(toneVoice({ instead: () => audio }), {
      decode: soundDecoder(ffmpeg, join(folder, 'w')),
    });
    const { content } = await provider.call({ text: TEXT, language: 'en', speed: 1 }, contextOf());
    expectSound(content);
    expectTimings(TEXT, content);
    // Encoders add silence at both ends, which is cut off.
    const today = content.timings.find(({ text }) => text === 'today.');
    expect(Math.abs((today?.startSeconds ?? 0) - 1.6)).toBeLessThan(0.06);
  });

  it('that is no sound is refused as a paid answer', async () => {
    const voice = toneVoice({ instead: () => Buffer.from('{"error":"busy"}') });
    const provider = externalSpeech(voice, { decode: soundDecoder(ffmpeg, join(folder, 'w')) });
    const call = provider.call({ text: TEXT, language: 'en', speed: 1 }, contextOf());
    await expect(call).rejects.toMatchObject({ code: 'ELEVENLABS_API_ERROR', cause: { name: 'UnusableAnswer' } });
  });
});
