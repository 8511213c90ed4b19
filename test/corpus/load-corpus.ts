import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { type CorpusText, corpusText } from './corpus-text.ts';

const folder = new URL('.', import.meta.url);

export interface NamedText {
  /** "en/news" */
  readonly name: string;
  readonly text: CorpusText;
}

/** All texts of the corpus, checked, in the order of their names. */
export async function loadCorpus(): Promise<NamedText[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^[^/\\]+[/\\][\w-]+\.ts$/u.test(name),
  );
  const texts: NamedText[] = [];
  for (const name of files.toSorted()) {
    const file: unknown = await import(new URL(name, folder).href);
    texts.push({ name: name.replace(/\.ts$/u, ''), text: z.object({ text: corpusText }).parse(file).text });
  }
  return texts;
}
