import { AppError, throwIfCanceled } from '../../errors.ts';
import { hasContent } from '../../language/clean.ts';
import { languageOf } from '../../language/language.ts';
import { finishedSeconds } from '../../language/spoken/speaking-rate.ts';
import { DEFAULT_ARTICLE_SECONDS } from '../local/script/article/condense.ts';
import { articleDocument } from '../local/script/source-document.ts';
import type { Script, ScriptRequest } from '../ports.ts';
import type { ContentProvider } from '../provider.ts';
import { MOST_SCENES, wantedLength } from './film-length.ts';
import type { LanguageModel } from './language-model.ts';
import { modelProperties } from './model-properties.ts';
import { type Assignment, mostUsageOf, repairedAnswer, unsuitableFor, usualUsageOf } from './repaired-answer.ts';
import type { LanguageCheck } from './reply-language.ts';
import { scriptInstructions } from './script-instructions.ts';
import { scriptIn, scriptReply } from './script-reply.ts';
import { mostTokens, usualTokens } from './tokens.ts';

/** Tokens for what a model thinks before it writes, and for the marks of JSON. */
const ROOM_TOKENS = 4_000;
/** Of the prompt and the key words of a scene. */
const PROMPT_TOKENS = 150;
/** As models usually write them. */
const USUAL_PROMPT_TOKENS = 60;
/** The models of all services can write as much in one reply. */
const MOST_OUTPUT_TOKENS = 32_000;

type WrittenSource = Extract<ScriptRequest['source'], { kind: 'topic' | 'article' }>;

/**
 * Scripts by a language model, about a topic or from an article. A given script or given scenes are spoken unchanged: that is the
 * built-in provider's work.
 */
export function scriptWriter(model: LanguageModel, check: LanguageCheck): ContentProvider<ScriptRequest, Script> {
  return {
    ...modelProperties(model),
    unsuitable(request) {
      const source = writtenSource(request);
      if (source !== undefined) return unsuitableFor(model, assignmentFor(request, source, check));
      return new AppError(
        'PROVIDER_UNAVAILABLE',
        'A script or scenes are spoken as they are given, not written again.',
      );
    },
    mostUsage(request) {
      const source = writtenSource(request);
      return source === undefined ? {} : mostUsageOf(assignmentFor(request, source, check));
    },
    usualUsage(request) {
      const source = writtenSource(request);
      if (source === undefined) return {};
      const length = lengthFor(request, source);
      const { spaced } = languageOf(request.language);
      const narration = usualTokens((spaced ? 'aaaa ' : '字').repeat(length.words));
      const prompts = length.scenes * USUAL_PROMPT_TOKENS;
      return usualUsageOf(assignmentFor(request, source, check), narration + prompts);
    },
    async call(request, { signal }) {
      throwIfCanceled(signal);
      const source = writtenSource(request);
      if (source === undefined)
        throw new AppError('PROVIDER_UNAVAILABLE', 'Only a topic or an article is written about.');
      const material = { ...source, text: await plainText(source, request.language) };
      if (!hasContent(material.text))
        throw new AppError('INVALID_INPUT', 'The text holds no words to make a video of.');
      return await repairedAnswer(model, assignmentFor(request, material, check), signal);
    },
  };
}

function writtenSource({ source }: ScriptRequest): WrittenSource | undefined {
  return source.kind === 'topic' || source.kind === 'article' ? source : undefined;
}

/** An article without the marks of Markdown or HTML, and without what belongs to its page. */
async function plainText({ kind, text }: WrittenSource, tag: string): Promise<string> {
  if (kind === 'topic') return text;
  const { title, blocks } = await articleDocument(text, languageOf(tag));
  const spoken = blocks.flatMap((block) => (block.kind === 'code' ? [] : [block.text]));
  return [...(title === undefined ? [] : [title]), ...spoken].join('\n\n');
}

function lengthFor({ language: tag, targetDurationSeconds, speed }: ScriptRequest, { kind, text }: WrittenSource) {
  const language = languageOf(tag);
  const target = targetDurationSeconds ?? DEFAULT_ARTICLE_SECONDS;
  // A short article has no more to say than it says: a longer film would need invented facts.
  const seconds = kind === 'topic' ? target : Math.min(target, finishedSeconds([text], language, speed));
  return wantedLength(seconds, language, speed);
}

function assignmentFor(
  request: ScriptRequest,
  source: WrittenSource,
  check: LanguageCheck,
): Assignment<ReturnType<typeof scriptReply.parse>, Script> {
  const { language: tag, visualStyle, speed } = request;
  const { kind, text } = source;
  const language = languageOf(tag);
  const length = lengthFor(request, source);
  const spokenTokens = 2 * mostTokens((language.spaced ? 'a' : '字').repeat(length.characters));
  const promptTokens = PROMPT_TOKENS * Math.min(MOST_SCENES, 2 * length.scenes);
  return {
    instructions: scriptInstructions(kind, language, length),
    material: { kind, text, ...(visualStyle === undefined ? {} : { visualStyle }) },
    schema: scriptReply,
    outputLimit: Math.min(MOST_OUTPUT_TOKENS, ROOM_TOKENS + spokenTokens + promptTokens),
    check: (reply) => scriptIn(reply, { language, length, speed, visualStyle, check }),
  };
}
