import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { soundDecoder } from '../../src/media/sound/decode-sound.ts';

const ffmpeg = new Ffmpeg();
const signal = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decode-sound-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const decode = (bytes: Uint8Array) => soundDecoder(ffmpeg, join(folder, 'work'))(bytes, signal);

/** A tone of 440 Hz for two seconds. */
async function tone(name: string, ...options: string[]): Promise<Buffer> {
  const path = join(folder, name);
  await ffmpeg.run(['-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=2', ...options, `file:${path}`], { signal });
  return await readFile(path);
}

/** Crossings of zero upwards in a second. */
function pitchOf({ samples, sampleRate }: { samples: Int16Array; sampleRate: number }): number {
  let crossings = 0;
  for (let i = 1; i < samples.length; i += 1) if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) crossings += 1;
  return crossings / (samples.length / sampleRate);
}

describe('A sound from a service', () => {
  it.each([
    ['speech.mp3', ['-ar', '44100', '-b:a', '128k'], 44_100],
    ['speech.wav', ['-ar', '24000', '-ac', '2'], 24_000],
    ['speech.wav', ['-ar', '22050', '-c:a', 'pcm_f32le'], 22_050],
    ['speech.ogg', ['-c:a', 'libopus'], 48_000],
    ['speech.flac', ['-ar', '16000'], 16_000],
    ['speech.m4a', ['-ar', '32000'], 32_000],
    ['odd.wav', ['-ar', '11111'], 11_111],
    ['high.wav', ['-ar', '96000'], 48_000],
    ['low.wav', ['-ar', '4000'], 8_000],
  ])('in %s with %s becomes 16-bit samples of one channel', async (name, options, rate) => {
    const sound = await decode(await tone(name, ...options));
    expect(sound.sampleRate).toBe(rate);
    expect(sound.samples.length / rate).toBeCloseTo(2, 0);
    expect(pitchOf(sound)).toBeGreaterThan(425);
    expect(pitchOf(sound)).toBeLessThan(455);
  });

  it('is read to its end where its header does not know its length, as in a stream', async () => {
    const wav = await tone('stream.wav', '-ar', '24000', '-fflags', '+bitexact');
    wav.writeUInt32LE(0xffff_ffff, 4);
    wav.writeUInt32LE(0xffff_ffff, 40);
    expect((await decode(wav)).samples.length).toBe(48_000);
  });

  it.each([
    ['nothing', ''],
    ['an error page', '<html><body>502 Bad Gateway</body></html>'],
    ['noise', 'x'.repeat(5_000)],
    ['a playlist that names another file', '#EXTM3U\n#EXTINF:2,\nspeech.wav\n'],
    ['a list of files to join', "ffconcat version 1.0\nfile 'speech.wav'\n"],
  ])('is refused where it is %s', async (_what, text) => {
    await tone('speech.wav');
    await expect(decode(Buffer.from(text))).rejects.toMatchObject({ code: 'FFMPEG_FAILED', retriable: false });
  });

  it('is refused where it has no sound, such as a picture', async () => {
    const path = join(folder, 'picture.png');
    await ffmpeg.run(['-f', 'lavfi', '-i', 'color=s=16x16', '-frames:v', '1', `file:${path}`], { signal });
    await expect(decode(await readFile(path))).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
  });

  it('leaves no file behind', async () => {
    await decode(await tone('left.wav'));
    await decode(Buffer.from('no sound')).catch(() => undefined);
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });
});
