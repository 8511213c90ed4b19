import type { Speech } from '../../ports.ts';
import { wavFile } from './pcm.ts';
import { silentTimings } from './timings.ts';

/** Duration of a scene without speech: long enough to be seen, too short to look like an error. */
const SILENT_SECONDS = 1;
export const SILENT_SAMPLE_RATE = 22_050;

/** One second of silence for a text without speakable characters. */
export function silence(text: string): Speech {
  return {
    wav: wavFile([new Int16Array(SILENT_SAMPLE_RATE * SILENT_SECONDS)], SILENT_SAMPLE_RATE),
    sampleRate: SILENT_SAMPLE_RATE,
    durationSeconds: SILENT_SECONDS,
    timings: silentTimings(text, SILENT_SECONDS),
  };
}
