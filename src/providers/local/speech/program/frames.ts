/**
 * The protocol between this server and the speech program: each pipe carries a sequence of frames, and a frame is one
 * line of JSON that ends in "\n" and contains the length of the bytes that follow it. There is no other channel to the
 * program.
 */

export interface Frame {
  /** The header as parsed JSON, validated by the reader. */
  readonly header: unknown;
  readonly body: Uint8Array;
}

/** 'ready' is the first message of the program; 'done' or 'failed' is the last of a request. */
export type ReplyKind = 'ready' | 'piece' | 'done' | 'failed';

/**
 * A word or a phoneme inside a piece of text: kind, position in the piece (code points, from 0), milliseconds from the
 * beginning of the piece's sound, and for a phoneme 1 if it is a sound and 0 if it is a pause.
 */
export type SpeechEvent = readonly [kind: 'word' | 'phoneme', position: number, milliseconds: number, sounds: 0 | 1];

/** What a speech program is asked: its voice, and texts that are spoken one by one; each gives one `piece` reply. */
export type PieceRequest = EspeakRequest | FliteRequest | SherpaRequest;

export interface EspeakRequest {
  readonly program: 'espeak';
  /** espeak-ng's own name of the voice, such as "gmw/en-US". */
  readonly voice: string;
  /** Words a minute, 80 to 450. */
  readonly rate: number;
  /** Factor of all durations at this rate, 1 or more: espeak-ng cannot speak more slowly than at its lowest rate. */
  readonly stretch: number;
  /** 0 to 99. */
  readonly pitch: number;
  /** Range of the pitch, 0 to 99. */
  readonly range: number;
  readonly pieces: readonly string[];
}

export interface FliteRequest {
  readonly program: 'flite';
  /** Flite's own name of the voice, such as "rms". */
  readonly voice: string;
  /** Factor of the durations that Flite makes; 1 is the rate of the recorded speaker. */
  readonly stretch: number;
  /** Factor by which the finished sound is stretched, 1 or more. */
  readonly soundStretch: number;
  readonly pieces: readonly string[];
}

export interface SherpaRequest {
  readonly program: 'sherpa';
  /** Address of the package's main file. */
  readonly module: string;
  readonly model: SherpaModel;
  /** Factor of the speaking rate; 1 is the model's own. */
  readonly speed: number;
  readonly pieces: readonly string[];
}

/** Absolute paths of a model's files, as OfflineTts of sherpa-onnx-node takes them. */
export type SherpaModel =
  | { readonly vits: { readonly model: string; readonly tokens: string; readonly dataDir: string } }
  | {
      readonly kokoro: {
        readonly model: string;
        readonly voices: string;
        readonly tokens: string;
        readonly dataDir: string;
        /** Paths separated by commas; empty for a model of English alone. */
        readonly lexicon: string;
      };
    };

export type SpeechProgram = PieceRequest['program'];

const longestHeader = 16 * 1024 * 1024;

/** Encodes one frame. `header` must not have a key `bytes`: it is added here. */
export function encodeFrame(header: Record<string, unknown>, body: Uint8Array = new Uint8Array()): Uint8Array {
  const line = Buffer.from(`${JSON.stringify({ ...header, bytes: body.byteLength })}\n`, 'utf8');
  return Buffer.concat([line, body]);
}

/** Splits a stream of chunks into frames. Throws a plain Error for an invalid frame: the stream is then unusable. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #partsLength = 0;
  #header: { readonly value: unknown; readonly bytes: number } | undefined;

  /** Takes the next bytes and returns the frames that they complete. */
  push(chunk: Uint8Array): Frame[] {
    this.#parts.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this.#partsLength += chunk.byteLength;
    // Joining only when a body is complete avoids copying a long body again for every chunk.
    if (this.#header !== undefined && this.#held.length + this.#partsLength < this.#header.bytes) return [];
    this.#held = Buffer.concat([this.#held, ...this.#parts]);
    this.#parts = [];
    this.#partsLength = 0;
    return this.#cut();
  }

  #cut(): Frame[] {
    const frames: Frame[] = [];
    for (;;) {
      this.#header ??= this.#takeHeader();
      if (this.#header === undefined || this.#held.length < this.#header.bytes) return frames;
      frames.push({ header: this.#header.value, body: this.#held.subarray(0, this.#header.bytes) });
      this.#held = this.#held.subarray(this.#header.bytes);
      this.#header = undefined;
    }
  }

  #takeHeader(): { value: unknown; bytes: number } | undefined {
    const end = this.#held.indexOf(10);
    if (end < 0) {
      if (this.#held.length > longestHeader) throw new Error('a frame header without an end');
      return undefined;
    }
    const value: unknown = JSON.parse(this.#held.toString('utf8', 0, end));
    this.#held = this.#held.subarray(end + 1);
    return { value, bytes: bodyLength(value) };
  }
}

function bodyLength(header: unknown): number {
  const bytes = typeof header === 'object' && header !== null && 'bytes' in header ? header.bytes : undefined;
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0)
    throw new Error('a frame without a length');
  return bytes;
}
