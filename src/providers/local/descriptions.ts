import { AppError } from '../../errors.ts';
import type { ScriptSource } from '../ports.ts';

/**
 * What the built-in providers say of themselves, apart from their code: the main process only needs this, and does not load
 * what only its threads execute.
 */

export const LOCAL_TEXT_MODEL = 'script-1';
export const LOCAL_IMAGE_MODEL = 'local-cards-3';
export const LOCAL_ANALYSIS_MODEL = 'extract-1';

/** The built-in text provider has no knowledge to write with. */
export function topicUnsuitable({ source }: { readonly source: Pick<ScriptSource, 'kind'> }): AppError | undefined {
  if (source.kind !== 'topic') return undefined;
  return new AppError(
    'PROVIDER_UNAVAILABLE',
    'No text provider is configured that can write about a topic: set a key such as OPENAI_API_KEY, or give a script or an article.',
  );
}
