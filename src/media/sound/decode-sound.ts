import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { withWorkFolder } from '../process/work-folder.ts';
import { type DecodedSound, readWav } from './wav.ts';

/** A playlist or a subtitle file, which could name other files, is not opened: only what services answer with. */
const FORMATS = 'mp3,wav,w64,ogg,mov,flac,aac,matroska';
/** A longer sound is cut: no narration takes as long. */
const LONGEST_SECONDS = 3_600;
const LOWEST_RATE = 8_000;
const HIGHEST_RATE = 48_000;

/**
 * Decodes complete sound files of any common form, found by their content, whatever a service calls it: several channels become
 * one, and rates outside 8 to 48 kHz the nearest of those. Throws FFMPEG_FAILED for bytes that are no sound.
 */
export function soundDecoder(
  ffmpeg: Ffmpeg,
  workFolder: string,
): (bytes: Uint8Array, signal: AbortSignal) => Promise<DecodedSound> {
  return async (bytes, signal) =>
    await withWorkFolder(workFolder, async (folder) => {
      const source = join(folder, 'sound');
      const target = join(folder, 'sound.wav');
      await writeFile(source, bytes);
      const input = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', FORMATS, '-i', `file:${source}`];
      const limits = ['-t', String(LONGEST_SECONDS), '-map', '0:a:0', '-map_metadata', '-1', '-ac', '1'];
      const form = ['-c:a', 'pcm_s16le', '-fflags', '+bitexact', '-f', 'wav'];
      await ffmpeg.run([...input, ...limits, ...form, `file:${target}`], { signal });
      const wav = readWav(await readFile(target));
      if (wav.sampleRate >= LOWEST_RATE && wav.sampleRate <= HIGHEST_RATE) return wav;
      const rate = Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, wav.sampleRate));
      await ffmpeg.run([...input, ...limits, '-ar', String(rate), ...form, `file:${target}`], { signal });
      return readWav(await readFile(target));
    });
}
