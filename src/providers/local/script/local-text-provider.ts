import { AppError, throwIfCanceled } from '../../../errors.ts';
import { cleanText } from '../../../language/clean.ts';
import type { Block } from '../../../language/document/block.ts';
import { documentOf } from '../../../language/document/document.ts';
import { shorten } from '../../../language/headlines/shorten.ts';
import { type Language, languageOf } from '../../../language/language.ts';
import type { Script, ScriptRequest } from '../../ports.ts';
import { topicUnsuitable } from '../descriptions.ts';
import { condense, DEFAULT_ARTICLE_SECONDS } from './article/condense.ts';
import { joinBlocks, withCodeOf } from './code-of-sentences.ts';
import { type Draft, scriptScenes, speakableBlocks, spokenAndHeadings } from './script-scenes.ts';
import { articleDocument } from './source-document.ts';
import { titleHeading, withSubject } from './spoken-headings.ts';
import { TITLE_LIMIT, titleOf } from './title.ts';
import { visualPrompts } from './visual-prompt.ts';

/** A script in which scenes may still lack visual prompts. */
interface DraftScript {
  readonly title: string;
  readonly scenes: readonly (Draft & { readonly visualPrompt?: string })[];
}

/**
 * The built-in text provider: no network, no model, and the same script for the same request. It splits a script,
 * condenses an article to its own sentences, and has no knowledge to write about a topic. It never adds a fact.
 *
 * Throws INVALID_INPUT if there are no words, PROVIDER_UNAVAILABLE for a topic, CANCELED when the signal aborts.
 */
export class LocalTextProvider {
  async writeScript(request: ScriptRequest, signal: AbortSignal): Promise<Script> {
    throwIfCanceled(signal);
    const language = languageOf(request.language);
    const { title, scenes } = await draftOf(request, language);
    if (scenes.length === 0) throw new AppError('INVALID_INPUT', 'The text holds no words to make a video of.');
    throwIfCanceled(signal);
    const prompts = visualPrompts(scenes, request.visualStyle, language);
    return {
      title,
      scenes: scenes.map(({ narration, heading, code, visualPrompt }, i) => ({
        narration,
        visualPrompt: visualPrompt ?? prompts[i] ?? '',
        ...(heading === undefined ? {} : { heading: shorten(heading, TITLE_LIMIT, language) }),
        ...(code === undefined ? {} : { code }),
      })),
    };
  }
}

async function draftOf(
  { source, speed, targetDurationSeconds: target }: ScriptRequest,
  language: Language,
): Promise<DraftScript> {
  switch (source.kind) {
    case 'script': {
      const document = await documentOf(source.text, language);
      return { title: titleOf(document, language), scenes: scriptScenes(document.blocks, language, speed) };
    }
    case 'article': {
      const document = await articleDocument(source.text, language);
      const title = titleOf(document, language);
      const article = { blocks: document.blocks, title };
      return { title, scenes: condense(article, language, target ?? DEFAULT_ARTICLE_SECONDS, speed) };
    }
    case 'topic':
      throw topicUnsuitable({ source });
    case 'scenes':
      return await givenScenes(source.scenes, language);
  }
}

/** A scene stays one scene; the marks of Markdown or HTML in its narration are not spoken. */
async function givenScenes(
  given: readonly { readonly narration: string; readonly visualPrompt?: string }[],
  language: Language,
): Promise<DraftScript> {
  const documents = await Promise.all(given.map(({ narration }) => documentOf(narration, language)));
  const title = titleHeading(
    documents.flatMap(({ blocks }) => blocks),
    language,
  );
  const scenes = given.map(({ narration, visualPrompt }, i) => {
    const prompt = visualPrompt?.trim() ?? '';
    const scene = sceneOf(documents[i]?.blocks ?? [], narration, { language, title });
    return { ...scene, ...(prompt === '' ? {} : { visualPrompt: prompt }) };
  });
  return { title: titleOf(documents[0] ?? { blocks: [] }, language), scenes };
}

/** A narration of only pictures or comments is kept as it is given. */
function sceneOf(
  blocks: readonly Block[],
  given: string,
  { language, title }: { readonly language: Language; readonly title: string | undefined },
): Draft {
  const parts = spokenAndHeadings(speakableBlocks(blocks, language));
  const heading = parts.find(({ kind }) => kind === 'heading')?.text;
  const spoken = parts.filter(({ kind }) => kind !== 'heading');
  const { text, marks } = withSubject(joinBlocks(spoken), heading, { language, title, kind: spoken[0]?.kind });
  const draft = text === '' ? { narration: cleanText(given).trim() } : withCodeOf(text, marks, language);
  return heading === undefined ? draft : { ...draft, heading };
}
