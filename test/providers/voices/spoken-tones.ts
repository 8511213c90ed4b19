import { createHash } from 'node:crypto';
import { AppError } from '../../../src/errors.ts';
import type { Answer, Usage } from '../../../src/providers/provider.ts';
import { wavFile } from '../../../src/providers/voices/sound/pcm.ts';
import { spokenTokens } from '../../../src/providers/voices/timing/spoken-tokens.ts';
import type { TimedPart, VoiceRequest, VoiceService, VoiceSound } from '../../../src/providers/voices/voice-service.ts';

export const RATE = 16_000;
const WORD_SECONDS = 0.3;
const GAP_SECONDS = 0.1;
/** Silence before the first word and after the last, as services have it. */
export const LEAD_SECONDS = 0.25;

/** A voice that says each word as a tone of 0.3 s, with 0.1 s of silence between words. */
export function toneVoice(options: Partial<ToneOptions> = {}): ToneVoice {
  return new ToneVoice({ maxCharacters: 1_000, speeds: [1, 1], timed: true, ...options });
}

interface ToneOptions {
  readonly maxCharacters: number;
  readonly speeds: readonly [number, number];
  /** Whether it says when it speaks each word. */
  readonly timed: boolean;
  /** Whether it says when each word ends. */
  readonly ends?: boolean;
  /** What it answers instead, by the number of the request. */
  readonly instead?: (request: number) => Uint8Array | AppError | undefined;
}

export class ToneVoice implements VoiceService {
  readonly name = 'elevenlabs';
  readonly service = 'ELEVENLABS';
  readonly models = ['tones'];
  readonly paid = true;
  readonly priority = 1;
  readonly concurrency = 1;
  readonly requests: VoiceRequest[] = [];
  readonly #options: ToneOptions;

  constructor(options: ToneOptions) {
    this.#options = options;
  }

  get givesTimes(): boolean {
    return this.#options.timed;
  }

  get maxCharacters(): number {
    return this.#options.maxCharacters;
  }

  get speeds(): readonly [number, number] {
    return this.#options.speeds;
  }

  unsuitable({ language }: VoiceRequest): AppError | undefined {
    return language === 'xx' ? new AppError('UNSUPPORTED_LANGUAGE', 'No.') : undefined;
  }

  mostUsage({ text }: VoiceRequest): Usage {
    return { characters: text.length };
  }

  async voices() {
    return [{ id: 'tone', name: 'Tone', languages: [], cloned: false }];
  }

  async call(request: VoiceRequest): Promise<Answer<VoiceSound>> {
    this.requests.push(request);
    const instead = this.#options.instead?.(this.requests.length);
    if (instead instanceof AppError) throw instead;
    const { samples, words } = tones(request.text, request.speed);
    const audio = instead ?? wavFile([samples], RATE);
    const given = words.map(({ start, end, startSeconds, endSeconds }) =>
      this.#options.ends === false ? { start, end, startSeconds } : { start, end, startSeconds, endSeconds },
    );
    const content = { audio, contentType: 'audio/wav', ...(this.#options.timed ? { words: given } : {}) };
    return { content, model: 'tones', usage: { characters: request.text.length } };
  }
}

/** The sound of a text, and when each word is in it. Each text has a pitch of its own, so that its sound is recognized. */
export function tones(text: string, speed = 1): { samples: Int16Array; words: readonly Required<TimedPart>[] } {
  const tokens = spokenTokens(text);
  const step = (WORD_SECONDS + GAP_SECONDS) / speed;
  const hertz = pitchOf(text);
  const samples = new Int16Array(Math.round((2 * LEAD_SECONDS + tokens.length * step) * RATE));
  const words = tokens.map(({ start, end }, index) => {
    const startSeconds = LEAD_SECONDS + index * step;
    const endSeconds = startSeconds + WORD_SECONDS / speed;
    for (let at = Math.round(startSeconds * RATE); at < Math.round(endSeconds * RATE); at += 1)
      samples[at] = Math.round(8_000 * Math.sin((2 * Math.PI * hertz * at) / RATE) + 200);
    return { start, end, startSeconds, endSeconds };
  });
  return { samples, words };
}

/** From 200 to 300 Hz. */
function pitchOf(text: string): number {
  return 200 + (100 * createHash('sha256').update(text).digest().readUInt32LE(0)) / 2 ** 32;
}

/** Reads what wavFile writes. */
export async function decodeWav(bytes: Uint8Array): Promise<{ samples: Int16Array; sampleRate: number }> {
  if (Buffer.from(bytes.subarray(0, 4)).toString() !== 'RIFF') throw new AppError('FFMPEG_FAILED', 'This is no sound.');
  const sampleRate = new DataView(bytes.buffer, bytes.byteOffset).getUint32(24, true);
  return { samples: new Int16Array(bytes.slice(44).buffer), sampleRate };
}
