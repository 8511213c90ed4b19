import { z } from 'zod';
import { cleanText, joinLines } from '../../language/clean.ts';
import { shorten } from '../../language/headlines/shorten.ts';
import type { Language } from '../../language/language.ts';
import { isSpeakable } from '../../language/spoken/speakable.ts';
import type { Script, ScriptScene } from '../ports.ts';
import { lengthFault, MOST_SCENES, type WantedLength } from './film-length.ts';
import type { Read } from './json-reply.ts';
import { narrationFault } from './narration-faults.ts';
import { type LanguageCheck, languageFault } from './reply-language.ts';

/** In UTF-16 units, as the ports and the image providers allow them. */
const TITLE_LIMIT = 200;
const NARRATION_LIMIT = 2_000;
const PROMPT_LIMIT = 400;
const MOST_KEY_WORDS = 6;

/** Only strings and lists, all of them required: services' strict modes know no more. What they mean is in the instructions. */
export const scriptReply = z.object({
  title: z.string(),
  scenes: z.array(z.object({ narration: z.string(), visualPrompt: z.string(), keyWords: z.array(z.string()) })),
});
type ScriptReply = z.infer<typeof scriptReply>;

export interface WantedScript {
  readonly language: Language;
  readonly length: WantedLength;
  readonly speed: number;
  readonly visualStyle?: string | undefined;
  readonly check: LanguageCheck;
}

/** The script of a reply, or all that is wrong with it. */
export function scriptIn(reply: ScriptReply, wanted: WantedScript): Read<Script> {
  const { language, length, speed, visualStyle, check } = wanted;
  const title = joinLines(cleanText(reply.title));
  const scenes = reply.scenes.map((scene) => sceneOf(scene, visualStyle, language));
  const narrations = scenes.map(({ narration }) => narration);
  const faults = [
    ...titleFaults(title),
    ...countFaults(scenes.length),
    ...scenes.flatMap((scene, i) => sceneFaults(scene, reply.scenes[i]?.narration ?? '', i, language)),
  ];
  // Length and language of what is no narration say nothing.
  if (faults.length === 0) {
    const fault =
      languageFault(check, language, narrations.join('\n')) ?? lengthFault(narrations, length, language, speed);
    if (fault === undefined) return { value: { title, scenes } };
    faults.push(fault);
  }
  return { faults: faults.slice(0, 10) };
}

function sceneOf(
  { narration, visualPrompt, keyWords }: ScriptReply['scenes'][number],
  style: string | undefined,
  language: Language,
): ScriptScene {
  return {
    narration: joinLines(cleanText(narration)),
    visualPrompt: promptOf(visualPrompt, keyWords.slice(0, MOST_KEY_WORDS), style, language),
  };
}

/** The description is shortened for the key words and the style, which are the shorter and the more important ones. */
function promptOf(
  description: string,
  keyWords: readonly string[],
  style: string | undefined,
  language: Language,
): string {
  const line = (text: string) => joinLines(cleanText(text)).replace(/[.,;。，]$/u, '');
  const shown = line(description);
  const missing = keyWords.map(line).filter((word) => word !== '' && !shown.toLowerCase().includes(word.toLowerCase()));
  const rest = [...missing, line(style ?? '')].filter((part) => part !== '').join(', ');
  const end = shorten(rest, PROMPT_LIMIT / 2, language);
  const beginning = shorten(shown, PROMPT_LIMIT - (end === '' ? 0 : end.length + 2), language);
  return [beginning, end].filter((part) => part !== '').join(', ');
}

function titleFaults(title: string): string[] {
  if (title === '') return ['The title is empty.'];
  return title.length > TITLE_LIMIT ? [`The title is longer than ${TITLE_LIMIT} characters.`] : [];
}

function countFaults(count: number): string[] {
  if (count === 0) return ['There is no scene.'];
  return count > MOST_SCENES ? [`There are more than ${MOST_SCENES} scenes.`] : [];
}

/** `written` is the narration with its lines, which show a list or a heading. */
function sceneFaults(
  { narration, visualPrompt }: ScriptScene,
  written: string,
  index: number,
  language: Language,
): string[] {
  const place = `Scene ${index + 1}`;
  if (!isSpeakable(narration, language.tag)) return [`${place}: the narration has no words that can be read aloud.`];
  const fault = narrationFault(written);
  return [
    ...(narration.length > NARRATION_LIMIT
      ? [`${place}: the narration is longer than ${NARRATION_LIMIT} characters.`]
      : []),
    ...(fault === undefined ? [] : [`${place}: the narration ${fault}.`]),
    ...(visualPrompt === '' ? [`${place}: the visual prompt is empty.`] : []),
  ];
}
