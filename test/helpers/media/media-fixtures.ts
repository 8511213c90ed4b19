import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { captionMetrics } from '../../../src/media/captions/caption-area.ts';
import type { CaptionPicture, CaptionRequest, CuePainter } from '../../../src/media/captions/caption-painter.ts';
import type { CaptionLook, Cue, FilmFormat, FrameSize, SceneMedia, SubtitleCue } from '../../../src/media/film/film.ts';
import { rhythmFor } from '../../../src/media/film/film-plan.ts';
import { stereoWav } from '../../../src/media/sound/wav.ts';

export interface SceneSpec {
  readonly id: string;
  readonly narrationSeconds: number;
  readonly cues?: readonly Cue[];
  /** Seed of the card's content: another number gives another picture. */
  readonly picture?: number;
  /** Peak of the voice, 1 is full scale; larger numbers clip. */
  readonly loudness?: number;
}

/** The format that most tests use. */
export function formatOf(size: FrameSize, frameRate: 25 | 30, changes: Partial<FilmFormat> = {}): FilmFormat {
  return { size, rhythm: rhythmFor(frameRate), captionLook: null, language: 'en', ...changes };
}

/** Creates a still and a voice for each requested scene, as files in the folder. */
export async function makeScenes(folder: string, specs: readonly SceneSpec[], size: FrameSize): Promise<SceneMedia[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(specs.map((spec, index) => makeScene(folder, spec, index, size)));
}

export const BLOCK: CaptionLook = { style: 'BLOCK', highlight: '#ffcc00' };
export const WORD_HIGHLIGHT: CaptionLook = { style: 'WORD_HIGHLIGHT', highlight: '#ffcc00' };

/** A cue whose words are spoken one after another, each as long as its letters. */
export function cueOf({ startSeconds, endSeconds, lines }: SubtitleCue): Cue {
  const texts = lines.flatMap((line) => line.split(/\s+/u)).filter((text) => text !== '');
  const letters = texts.join('').length;
  let spoken = 0;
  const words = texts.map((text) => {
    const at = () => startSeconds + ((endSeconds - startSeconds) * spoken) / letters;
    const start = at();
    spoken += text.length;
    return { text, startSeconds: start, endSeconds: at(), spaced: true, breakAfter: 'word', joinsNext: false } as const;
  });
  return { startSeconds, endSeconds, lines, words };
}

/** Captions that need no font: a dark plate over the lower middle, with white marks in place of letters. */
export class FakeCuePainter implements CuePainter {
  async paint({ cue, size, look }: Pick<CaptionRequest, 'cue' | 'size' | 'look'>): Promise<CaptionPicture[]> {
    const { width, height } = captionMetrics(size, look.style).area;
    const ctx = createCanvas(width, height).getContext('2d');
    ctx.fillStyle = 'rgba(0, 0, 0, 0.7)';
    ctx.fillRect(width * 0.2, 0, width * 0.6, height);
    ctx.fillStyle = '#ffffff';
    const letters = cue.lines.join(' ').length;
    for (let at = 0; at < letters; at += 1)
      ctx.fillRect(width * 0.2 + 8 + ((width * 0.6 - 16) * at) / letters, height / 4, 4, height / 2);
    const { data } = ctx.getImageData(0, 0, width, height);
    return [{ startSeconds: cue.startSeconds, rgba: new Uint8Array(data.buffer) }];
  }
}

async function makeScene(folder: string, spec: SceneSpec, index: number, size: FrameSize): Promise<SceneMedia> {
  const picture = drawStill(spec.picture ?? index, size);
  const voice = speakTones(spec.narrationSeconds, spec.loudness ?? 0.5);
  const picturePath = join(folder, `${spec.id}-${hashOf(picture).slice(0, 8)}.png`);
  const voicePath = join(folder, `${spec.id}-${hashOf(voice).slice(0, 8)}.wav`);
  await Promise.all([writeFile(picturePath, picture), writeFile(voicePath, voice)]);
  const hashes = { pictureHash: hashOf(picture), voiceHash: hashOf(voice) };
  const { id, narrationSeconds, cues = [] } = spec;
  return { id, picturePath, voicePath, narrationSeconds, cues, ...hashes };
}

/** A card similar to a real one: a gradient, soft discs, and blocks with sharp edges in place of text. */
function drawStill(seed: number, size: FrameSize): Uint8Array {
  const { width, height } = size;
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  const hue = (seed * 67) % 360;
  const sky = ctx.createLinearGradient(0, 0, width, height);
  sky.addColorStop(0, `hsl(${hue} 60% 30%)`);
  sky.addColorStop(1, `hsl(${(hue + 40) % 360} 70% 60%)`);
  ctx.fillStyle = sky;
  ctx.fillRect(0, 0, width, height);
  for (let at = 0; at < 9; at += 1) {
    ctx.fillStyle = `hsla(${(hue + at * 25) % 360}, 70%, 70%, 0.35)`;
    ctx.beginPath();
    ctx.arc(((at * 0.37 + seed * 0.11) % 1) * width, ((at * 0.53) % 1) * height, height * (0.06 + 0.02 * at), 0, 7);
    ctx.fill();
  }
  ctx.fillStyle = '#ffffff';
  for (let row = 0; row < 4; row += 1) {
    for (let at = 0; at < 18; at += 1) {
      if ((at * 7 + row * 5 + seed) % 6 === 0) continue;
      ctx.fillRect(width * (0.14 + at * 0.04), height * (0.25 + row * 0.1), width * 0.022, height * 0.06);
    }
  }
  return canvas.toBuffer('image/png');
}

/** Similar to speech: a buzz whose pitch and volume rise and fall with syllables and pauses. */
function speakTones(seconds: number, peak: number): Uint8Array {
  const rate = 22_050;
  const track = new Float32Array(Math.round(seconds * rate));
  for (let at = 0; at < track.length; at += 1) {
    const time = at / rate;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 3.7 * time)) ** 0.5;
    const phrase = (time * 0.45) % 1 < 0.86 ? 1 : 0;
    const pitch = 2 * Math.PI * (130 * time + 4 * Math.sin(2 * Math.PI * 0.7 * time));
    const buzz = Math.sin(pitch) + 0.6 * Math.sin(2 * pitch) + 0.5 * Math.sin(5 * pitch) + 0.3 * Math.sin(13 * pitch);
    track[at] = (peak * syllable * phrase * buzz) / 1.8;
  }
  return stereoWav(track, track, rate);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
