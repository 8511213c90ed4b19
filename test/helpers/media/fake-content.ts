import { createCanvas } from '@napi-rs/canvas';
import type { Analysis, Script, ScriptSource } from '../../../src/providers/ports.ts';

/** Content that costs almost nothing to make, for tests of everything around it. */

export const SAMPLE_RATE = 22_050;
export const SPEECH_SECONDS = 0.8;

/** A scene for each of the user's, or for each paragraph. */
export function scriptOf(source: ScriptSource): Script {
  const narrations =
    source.kind === 'scenes' ? source.scenes.map((scene) => scene.narration) : source.text.split('\n\n');
  const scenes = narrations.map((narration) => ({ narration, visualPrompt: `A picture: ${narration}` }));
  return { title: narrations.join('\n\n').slice(0, 60), scenes };
}

export function analysisOf(title: string): Analysis {
  return {
    summary: title,
    suggestedTitle: title,
    suggestedDescription: title,
    suggestedTags: ['fake'],
    chapters: [{ title, startSeconds: 0 }],
    seo: { title: title.slice(0, 100), description: title, keywords: ['fake'] },
  };
}

/** A WAV file (PCM 16 bit mono) of a steady tone, about as loud as speech. */
export function tone(hertz: number): Buffer {
  const samples = Math.round(SAMPLE_RATE * SPEECH_SECONDS);
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLE_RATE, 24);
  wav.writeUInt32LE(2 * SAMPLE_RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  for (let at = 0; at < samples; at++)
    wav.writeInt16LE(Math.round(6_000 * Math.sin((2 * Math.PI * hertz * at) / SAMPLE_RATE)), 44 + 2 * at);
  return wav;
}

/** A PNG of one colour; `hue` is in degrees. */
export async function colouredPicture(
  { width, height }: { width: number; height: number },
  hue: number,
): Promise<Buffer> {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = `hsl(${hue} 60% 45%)`;
  context.fillRect(0, 0, width, height);
  return await canvas.encode('png');
}
