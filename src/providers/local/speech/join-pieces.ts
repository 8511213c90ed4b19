import type { Piece } from '../../../language/spoken/pieces.ts';
import type { SpokenText } from '../../../language/spoken/spoken-text.ts';
import type { Speech, SpeechRequest, SpeechTiming } from '../../ports.ts';
import { audibleRange, wavFile } from '../../voices/sound/pcm.ts';
import { SILENT_SAMPLE_RATE, silence } from '../../voices/sound/silence.ts';
import { clauseTimings, type Mark, wordTimings } from '../../voices/sound/timings.ts';
import type { SpokenPiece } from './program/speech-process.ts';
import { wordMarks } from './word-marks.ts';

/** Joins the pieces, each without the silence at its ends, with the proper pauses between them. */
export function joinPieces(
  request: SpeechRequest,
  spoken: SpokenText,
  pieces: readonly Piece[],
  spokenPieces: readonly SpokenPiece[],
  timed: 'words' | 'clauses',
): Speech {
  const sampleRate = spokenPieces[0]?.sampleRate ?? SILENT_SAMPLE_RATE;
  const parts: Int16Array[] = [];
  const marks: Mark[] = [];
  let length = 0;
  let pause = 0;
  spokenPieces.forEach((sound, index) => {
    const piece = pieces[index];
    const part = audibleRange(sound.samples, sampleRate);
    if (piece === undefined || part === undefined) return;
    const samples = sound.samples.subarray(part.start, part.end);
    parts.push(new Int16Array(pause), samples);
    length += pause;
    marks.push(...marksOf(timed, spoken, piece, sound, { ...part, at: length, sampleRate }));
    length += samples.length;
    pause = Math.round((piece.pauseSeconds / request.speed) * sampleRate);
  });
  if (length === 0) return silence(request.text);
  const durationSeconds = length / sampleRate;
  return {
    wav: wavFile(parts, sampleRate),
    sampleRate,
    durationSeconds,
    timings: timingsOf(timed, request.text, marks, durationSeconds),
  };
}

/** The kept samples of a piece: [start, end) in the piece, from `at` in the whole. */
interface Placed {
  readonly start: number;
  readonly end: number;
  readonly at: number;
  readonly sampleRate: number;
}

function marksOf(
  timed: 'words' | 'clauses',
  spoken: SpokenText,
  piece: Piece,
  sound: SpokenPiece,
  placed: Placed,
): readonly Mark[] {
  const { start, end, at, sampleRate } = placed;
  const whole = { startSeconds: at / sampleRate, endSeconds: (at + end - start) / sampleRate };
  // A voice without times of words: the words of the piece divide its time by their length.
  if (timed === 'clauses' || sound.events.length === 0) return [{ offset: spoken.origins[piece.start] ?? 0, ...whole }];
  const shift = (at - start) / sampleRate;
  const within = (seconds: number): number => Math.min(whole.endSeconds, Math.max(whole.startSeconds, seconds + shift));
  const words = wordMarks(spoken.text.slice(piece.start, piece.end), sound.events, sound.samples.length / sampleRate);
  return words.map(({ offset, startSeconds, endSeconds }) => ({
    offset: spoken.origins[piece.start + offset] ?? 0,
    startSeconds: within(startSeconds),
    endSeconds: within(endSeconds),
  }));
}

function timingsOf(
  timed: 'words' | 'clauses',
  text: string,
  marks: readonly Mark[],
  durationSeconds: number,
): readonly SpeechTiming[] {
  return timed === 'clauses' ? clauseTimings(text, marks) : wordTimings(text, marks, durationSeconds);
}
