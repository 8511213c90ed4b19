import { AppError, throwIfCanceled } from '../../../errors.ts';
import { cleanText } from '../../../language/clean.ts';
import { blocksOf } from '../../../language/document/markdown.ts';
import { type Language, languageOf } from '../../../language/language.ts';
import type { Script, ScriptRequest, TextProvider } from '../../ports.ts';
import { withParagraphs } from './article/candidates.ts';
import { condense, DEFAULT_ARTICLE_SECONDS } from './article/condense.ts';
import { outlineOf } from './outline.ts';
import { type Draft, scriptScenes } from './script-scenes.ts';
import { titleOf } from './title.ts';
import { visualPrompts } from './visual-prompt.ts';

/** A script in which scenes may still lack visual prompts. */
interface DraftScript {
  readonly title: string;
  readonly scenes: readonly (Draft & { readonly visualPrompt?: string })[];
}

/**
 * The built-in text provider: no network, no model, and the same script for the same request. It splits a script,
 * condenses an article to its own sentences, and answers a topic with an outline that says so. It never adds a fact.
 *
 * Throws INVALID_INPUT if there are no words, UNSUPPORTED_LANGUAGE for a topic in a language without an outline,
 * CANCELED when the signal aborts.
 */
export class LocalTextProvider implements TextProvider {
  readonly name = 'local';
  readonly models = ['outline-1'];
  readonly paid = false;

  async writeScript(request: ScriptRequest, signal: AbortSignal): Promise<Script> {
    throwIfCanceled(signal);
    const language = languageOf(request.language);
    const { title, scenes } = draftOf(request, language);
    if (scenes.length === 0) throw new AppError('INVALID_INPUT', 'The text holds no words to make a video of.');
    throwIfCanceled(signal);
    const prompts = visualPrompts(scenes, request.visualStyle, language);
    return {
      title,
      scenes: scenes.map(({ narration, visualPrompt }, i) => ({
        narration,
        visualPrompt: visualPrompt ?? prompts[i] ?? '',
      })),
    };
  }
}

function draftOf({ source, speed, targetDurationSeconds: target }: ScriptRequest, language: Language): DraftScript {
  switch (source.kind) {
    case 'script': {
      const blocks = blocksOf(cleanText(source.text));
      return { title: titleOf(blocks, language), scenes: scriptScenes(blocks, language, speed) };
    }
    case 'article': {
      const blocks = blocksOf(withParagraphs(cleanText(source.text)));
      const narrations = condense(blocks, language, target ?? DEFAULT_ARTICLE_SECONDS, speed);
      return { title: titleOf(blocks, language), scenes: narrations.map((narration) => ({ narration })) };
    }
    case 'topic': {
      const { title, narrations } = outlineOf(source.text, language, target, speed);
      return { title, scenes: narrations.map((narration) => ({ narration })) };
    }
    case 'scenes':
      return givenScenes(source.scenes, language);
  }
}

/** Scenes are kept as given; only line ends and similar characters are cleaned. */
function givenScenes(
  given: readonly { readonly narration: string; readonly visualPrompt?: string }[],
  language: Language,
): DraftScript {
  const scenes = given.map(({ narration, visualPrompt }) => {
    const prompt = visualPrompt?.trim() ?? '';
    return { narration: cleanText(narration).trim(), ...(prompt === '' ? {} : { visualPrompt: prompt }) };
  });
  const blocks = scenes.slice(0, 1).flatMap((scene) => blocksOf(scene.narration));
  return { title: titleOf(blocks, language), scenes };
}
