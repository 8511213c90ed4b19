import { AppError } from '../../../../errors.ts';
import type { BuiltInVoice } from '../built-in-voice.ts';
import { SpeechProcess } from '../program/speech-process.ts';

/** As long as for a request to a program that has to load its model first. */
const LOADING_SECONDS = 60;
/** Said in every language. sherpa-onnx crashes when a text has no sound, which some models have not for a single digit. */
const WORD = '100';
const QUOTED_LINES = 3;
const LONGEST_LINE = 300;

/**
 * Loads the model of a voice and speaks a word with it: the native library ends its process when a file of the model is broken,
 * which would otherwise be noticed, and tried again, with the first video.
 *
 * Throws CONFIG_INVALID with the end of what the library has written.
 */
export async function checkModel(voice: BuiltInVoice): Promise<void> {
  const program = new SpeechProcess('sherpa', LOADING_SECONDS);
  try {
    const spoken = await program.speak(voice.request([WORD], 1), new AbortController().signal);
    if (spoken.every(({ samples }) => samples.length === 0)) throw new Error('the model gives no sound');
  } catch (cause) {
    // What the library has written is complete when the program has exited.
    await program.close();
    throw unusable(voice, [...reasonOf(cause), ...linesOf(program.errorOutput).slice(-QUOTED_LINES)], cause);
  } finally {
    await program.close();
  }
}

function unusable({ name }: BuiltInVoice, reasons: readonly string[], cause: unknown): AppError {
  return new AppError(
    'CONFIG_INVALID',
    `The model of TTS_MODEL_DIR cannot speak (${name}). Use a Piper or Kokoro model of the sherpa-onnx project: those of ` +
      `other projects lack what it needs. What happened:\n${reasons.join('\n')}`,
    { cause },
  );
}

/** What the program or the library gave as the reason, such as the exit code, else the error itself. */
function reasonOf(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return [];
  return linesOf(typeof thrown.cause === 'string' ? thrown.cause : thrown.message).slice(0, 1);
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim().slice(0, LONGEST_LINE))
    .filter((line) => line !== '');
}
