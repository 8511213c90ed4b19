import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { CreateVideoInput } from '../generated/documents.ts';
import { guessLanguage } from './guess-language.ts';
import { readText, sampleFor } from './input-texts.ts';
import { type MakeOptions, SHAPES, SIZES } from './make-options.ts';

type Source = Pick<CreateVideoInput, 'script' | 'article' | 'topic' | 'scenes'>;
interface Words {
  readonly source: Source;
  /** All texts, to guess the language. */
  readonly text: string;
}

const scenesFile = z.array(z.object({ narration: z.string(), visualPrompt: z.string().optional() }));

/** Builds the request to the server. Reads the texts; throws INVALID_INPUT with a sentence for invalid options. */
export async function requestOf(options: MakeOptions, stdin: NodeJS.ReadableStream): Promise<CreateVideoInput> {
  const { source, text } = await wordsOf(options, stdin);
  const { title, aspect, resolution, duration, style, music } = options;
  return {
    ...source,
    language: options.language ?? guessLanguage(text),
    burnInCaptions: options.captions,
    ...(title === undefined ? {} : { title }),
    ...(aspect === undefined ? {} : { aspectRatio: SHAPES[aspect] }),
    ...(resolution === undefined ? {} : { resolution: SIZES[resolution] }),
    ...(duration === undefined ? {} : { targetDurationSeconds: duration }),
    ...(style === undefined ? {} : { visualStyle: style }),
    ...(music === undefined ? {} : { music: { mood: music } }),
    ...voiceOf(options),
  };
}

function voiceOf({ voice: voiceId, speed }: MakeOptions): Pick<CreateVideoInput, 'voice'> {
  if (voiceId === undefined && speed === undefined) return {};
  return { voice: { ...(voiceId === undefined ? {} : { voiceId }), ...(speed === undefined ? {} : { speed }) } };
}

async function wordsOf(options: MakeOptions, stdin: NodeJS.ReadableStream): Promise<Words> {
  const given = (['script', 'article', 'topic', 'scenes'] as const).filter((name) => options[name] !== undefined);
  const [name, another] = given;
  if (another !== undefined) {
    const names = given.map((one) => `--${one}`).join(' and ');
    throw new AppError('INVALID_INPUT', `Give one text to make a video of, not ${names} together.`);
  }
  if (name !== undefined) return await wordsFrom(name, options[name] ?? '', stdin);
  if (!options.demo)
    throw new AppError('INVALID_INPUT', 'Say what to make a video of: --script, --article, --topic or --scenes.');
  const text = await sampleFor(options.language ?? 'en');
  return { source: { script: text }, text };
}

async function wordsFrom(
  name: 'script' | 'article' | 'topic' | 'scenes',
  value: string,
  stdin: NodeJS.ReadableStream,
): Promise<Words> {
  if (name === 'topic') return { source: { topic: value }, text: value };
  const text = await readText(value, stdin);
  if (name === 'script') return { source: { script: text }, text };
  if (name === 'article') return { source: { article: text }, text };
  const scenes = scenesIn(text, value);
  return { source: { scenes }, text: scenes.map((scene) => scene.narration).join('\n') };
}

function scenesIn(text: string, file: string): NonNullable<CreateVideoInput['scenes']> {
  try {
    return scenesFile.parse(JSON.parse(text));
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof z.ZodError)) throw cause;
    const example = '[{"narration": "What is spoken.", "visualPrompt": "What the picture shows."}]';
    throw new AppError('INVALID_INPUT', `The scenes in ${file} must be a JSON list such as ${example}.`, { cause });
  }
}
