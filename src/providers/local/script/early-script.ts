import { cleanText } from '../../../language/clean.ts';
import type { Document } from '../../../language/document/block.ts';
import { documentOf } from '../../../language/document/document.ts';
import { languageOf } from '../../../language/language.ts';
import { isSpeakable } from '../../../language/spoken/speakable.ts';
import type { ScriptRequest } from '../../ports.ts';
import { articleDocument } from './source-document.ts';
import { titleOf } from './title.ts';

/** What is known of a script before it is written. */
export interface EarlyScript {
  /** Empty if the source has too little text, or is a topic. Only made when it is asked for, which takes as long as the rest. */
  title(): Promise<string>;
  /** The places of the scenes that have nothing to say; 0 stands for a whole script or article. */
  readonly silent: readonly number[];
}

/**
 * Number of UTF-16 units from which the title is made: more than any title needs, and few enough to be processed during
 * a request.
 */
const BEGINNING = 2_000;
/**
 * A first line that is spoken, whatever is below it: no mark of Markdown, HTML, formulas, subtitles, chats or messages, which may change what it is.
 */
const PROSE = /^\s*\p{L}[\p{L}\p{M}\p{N} .,;!?'’"“”()…，。；！？、-]*(?:\n|$)/u;
/** Number of UTF-16 units that are searched for words if there are none in the beginning. They take at most 15 ms. */
const SEARCHED = 20_000;

/**
 * The title that the built-in text provider will give the script of a source, before it is written, and which of its
 * texts have nothing to say: only pictures, comments, definitions, marks, or letters of another script. A beginning of
 * two thousand characters without an end of a paragraph may give a different title than the whole text; an article of
 * more than twenty thousand counts as spoken. The first call loads the parsers of Markdown or HTML.
 */
export async function earlyScript(source: ScriptRequest['source'], tag: string): Promise<EarlyScript> {
  const read = (text: string) => documentOf(text, languageOf(tag));
  switch (source.kind) {
    case 'script': {
      const { text } = source;
      const title = async () => titleOf(await read(beginningOf(text)), languageOf(tag));
      return beginsWithProse(text, tag) ? { title, silent: [] } : await earlyOf(text, tag, read);
    }
    case 'article':
      return await earlyOf(source.text, tag, (text) => articleDocument(text, languageOf(tag)));
    case 'scenes':
      return await earlyScenes(source.scenes, tag, read);
    case 'topic':
      return { title: async () => '', silent: [] };
    default:
      return source satisfies never;
  }
}

async function earlyOf(text: string, tag: string, read: (part: string) => Promise<Document>): Promise<EarlyScript> {
  const beginning = await read(beginningOf(text));
  const title = async () => titleOf(beginning, languageOf(tag));
  if (hasWords(beginning, tag) || text.length > SEARCHED) return { title, silent: [] };
  const isSilent = text.length <= BEGINNING || !hasWords(await read(text), tag);
  return { title, silent: isSilent ? [0] : [] };
}

async function earlyScenes(
  scenes: readonly { readonly narration: string }[],
  tag: string,
  read: (text: string) => Promise<Document>,
): Promise<EarlyScript> {
  const silent: number[] = [];
  for (const [index, { narration }] of scenes.entries())
    if (!beginsWithProse(narration, tag) && !hasWords(await read(narration), tag)) silent.push(index);
  const title = async () => titleOf(await read(beginningOf(scenes[0]?.narration ?? '')), languageOf(tag));
  return { title, silent };
}

/** Most scripts do, and then nothing has to be parsed. */
function beginsWithProse(text: string, tag: string): boolean {
  const beginning = cleanText(beginningOf(text));
  const [line] = PROSE.exec(beginning) ?? [];
  return line !== undefined && !/[<>]/u.test(beginning) && isSpeakable(line, tag);
}

function hasWords({ blocks }: Document, tag: string): boolean {
  return blocks.some(({ text }) => isSpeakable(text, tag));
}

function beginningOf(text: string): string {
  return text.slice(0, BEGINNING).toWellFormed();
}
