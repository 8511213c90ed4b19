import { cleanText } from '../../../language/clean.ts';
import type { Document } from '../../../language/document/block.ts';
import { withoutBoilerplate, withoutBoilerplateLines } from '../../../language/document/boilerplate.ts';
import { documentOf } from '../../../language/document/document.ts';
import type { Language } from '../../../language/language.ts';
import { withParagraphs } from './article/candidates.ts';

/** The document of an article, without what belongs to its page. */
export async function articleDocument(text: string, language: Language): Promise<Document> {
  const document = await documentOf(withoutBoilerplateLines(withParagraphs(cleanText(text))), language);
  return { ...document, blocks: withoutBoilerplate(document.blocks) };
}
