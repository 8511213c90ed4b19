import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { CreateVideoInput } from '../generated/documents.ts';
import { readText, sampleFor } from './input-texts.ts';
import { CAPTION_STYLES, type MakeOptions, SHAPES, SIZES } from './make-options.ts';

type Source = Pick<CreateVideoInput, 'script' | 'article' | 'topic' | 'scenes'>;

const scenesFile = z.array(z.object({ narration: z.string(), visualPrompt: z.string().optional() }));

/** Builds the request to the server. Reads the texts; throws INVALID_INPUT with a sentence for invalid options. */
export async function requestOf(options: MakeOptions, stdin: NodeJS.ReadableStream): Promise<CreateVideoInput> {
  const source = await sourceOf(options, stdin);
  const { title, language, aspect, resolution, duration, style, music, captionStyle } = options;
  return {
    ...source,
    burnInCaptions: options.captions,
    ...(captionStyle === undefined ? {} : { captionStyle: CAPTION_STYLES[captionStyle] }),
    ...(title === undefined ? {} : { title }),
    ...(language === undefined ? {} : { language }),
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

async function sourceOf(options: MakeOptions, stdin: NodeJS.ReadableStream): Promise<Source> {
  const given = (['script', 'article', 'topic', 'scenes'] as const).filter((name) => options[name] !== undefined);
  const [name, another] = given;
  if (another !== undefined) {
    const names = given.map((one) => `--${one}`).join(' and ');
    throw new AppError('INVALID_INPUT', `Give one text to make a video of, not ${names} together.`);
  }
  if (name !== undefined) return await sourceFrom(name, options[name] ?? '', stdin);
  if (!options.demo)
    throw new AppError('INVALID_INPUT', 'Say what to make a video of: --script, --article, --topic or --scenes.');
  return { script: await sampleFor(options.language ?? 'en') };
}

async function sourceFrom(
  name: 'script' | 'article' | 'topic' | 'scenes',
  value: string,
  stdin: NodeJS.ReadableStream,
): Promise<Source> {
  if (name === 'topic') return { topic: value };
  const text = await readText(value, stdin);
  if (name === 'script') return { script: text };
  if (name === 'article') return { article: text };
  return { scenes: scenesIn(text, value) };
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
