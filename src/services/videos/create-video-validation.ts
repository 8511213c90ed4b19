import type { AspectRatio, CaptionStyle, JobPriority, Platform, Resolution } from '../../entities/enums.ts';
import type { VideoSource } from '../../entities/video.ts';
import { withWindowsMarks } from '../../language/repair/mojibake.ts';
import { isPlainName, normalized, withoutDirectionControls } from '../../unicode.ts';
import type { UserFault } from '../user-fault.ts';
import { checkPresenter, type PresenterAbilities, type PresenterInput } from './presenter-choice.ts';
import { type ChosenCapability, checkProviderChoice, type ProviderChoiceInput } from './provider-choice.ts';
import { checkSpeakable, noVoice, onlyUnspoken } from './spoken-language.ts';

type Maybe<T> = T | null | undefined;

/** What a user requests. Null and undefined both mean "left out". */
export interface NewVideo extends ProviderChoiceInput {
  readonly title?: Maybe<string>;
  readonly description?: Maybe<string>;
  readonly topic?: Maybe<string>;
  readonly script?: Maybe<string>;
  readonly article?: Maybe<string>;
  readonly scenes?: Maybe<readonly { readonly narration: string; readonly visualPrompt?: Maybe<string> }[]>;
  /** BCP 47; that of the text where left out. */
  readonly language?: Maybe<string>;
  readonly aspectRatio: AspectRatio;
  readonly resolution: Resolution;
  readonly targetDurationSeconds?: Maybe<number>;
  readonly voice?: Maybe<{
    readonly provider?: Maybe<string>;
    readonly voiceId?: Maybe<string>;
    readonly speed: number;
  }>;
  readonly visualStyle?: Maybe<string>;
  readonly burnInCaptions: boolean;
  /** That of the picture's shape where left out. */
  readonly captionStyle?: Maybe<CaptionStyle>;
  readonly music?: Maybe<{ readonly mood?: Maybe<string>; readonly volume: number }>;
  readonly tags?: Maybe<readonly string[]>;
  readonly platforms?: Maybe<readonly Platform[]>;
  readonly presenter?: Maybe<PresenterInput>;
  /** NORMAL where left out. */
  readonly priority?: Maybe<JobPriority>;
}

/** A video whose language is decided. */
export type VideoInLanguage = NewVideo & { readonly language: string };

/** What the providers of this installation support, as far as an input can be invalid because of it. */
export interface ProviderAbilities {
  speaks(language: string): boolean;
  /** Primary subtags of the languages that have a voice. */
  languages(): readonly string[];
  /** Whether a topic can become a script. */
  readonly writesTopics: boolean;
  /** Of any provider, or any voice of a provider, where one of the two is undefined. */
  hasVoice(language: string, voiceId: string | undefined, provider: string | undefined): boolean;
  /** The configured providers of a capability. */
  providerNames(capability: ChosenCapability): readonly string[];
  readonly musicMoods: readonly string[];
  /** No presenter can be made where it is left out. */
  readonly presenters?: PresenterAbilities;
  /** Why a style or a prompt changes nothing in the pictures, or null; undefined where the image provider follows any text. */
  readonly pictureWarnings?: PictureWarnings;
  /** What is known of the script of this source before it is written. */
  earlyScript(source: VideoSource, language: string): EarlyScript | Promise<EarlyScript>;
}

export interface PictureWarnings {
  ofStyle(visualStyle: string, language: string): string | null;
  ofPrompt(prompt: string, language: string): string | null;
}

export interface EarlyScript {
  /** Empty where it is not known. Only made when it is asked for. */
  title(): string | Promise<string>;
  /** The places of the scenes that have nothing to say; 0 stands for a whole script or article. */
  readonly silent: readonly number[];
}

/** Characters are Unicode code points of the text as it is kept, see `tidy`. */
export const LIMITS = {
  title: 200,
  description: 5_000,
  topic: 500,
  script: 20_000,
  article: 100_000,
  scenes: 100,
  /** Parts of a script between blank lines. */
  paragraphs: 200,
  narration: 2_000,
  visualPrompt: 1_000,
  visualStyle: 200,
  tags: 30,
  tag: 50,
  seoTitle: 100,
  seoDescription: 5_000,
  targetDurationSeconds: { least: 5, most: 1_800 },
  speed: { least: 0.5, most: 2 },
} as const;

export const NO_TEXT_PROVIDER =
  'This installation has no text provider that can write about a topic: give a script, an article or scenes instead, or set the key of a service, such as OPENAI_API_KEY (docs/providers.md).';

const NO_PRESENTERS: PresenterAbilities = { names: [], isPublicLink: () => true };

/** Collects faults with their paths, so that the user sees all of them at once. */
export class FaultCollector {
  readonly found: UserFault[] = [];
  /** Texts of the input in the form in which they are kept: a long article is tidied once, not for each check. */
  readonly #cleaned = new Map<string, string>();

  add(code: UserFault['code'], message: string, ...path: string[]): void {
    this.found.push({ code, message, field: ['input', ...path] });
  }

  /** As `tidy` gives it. */
  cleaned(text: string): string {
    const known = this.#cleaned.get(text);
    if (known !== undefined) return known;
    const cleaned = cleanText(text);
    this.#cleaned.set(text, cleaned);
    return cleaned;
  }

  length(text: Maybe<string>, most: number, ...path: string[]): void {
    // A text has at least as many UTF-16 units as code points, so most need no counting.
    if (text == null || this.cleaned(text).length <= most) return;
    const length = lengthOf(this.cleaned(text));
    if (length > most)
      this.add('TOO_LONG', `This has ${count(length)} characters; at most ${count(most)} are allowed.`, ...path);
  }

  present(text: Maybe<string>, ...path: string[]): void {
    if (text != null && this.cleaned(text) === '')
      this.add('REQUIRED', 'This must not be empty: give a text or leave it out.', ...path);
  }

  range(value: Maybe<number>, { least, most }: { least: number; most: number }, ...path: string[]): void {
    if (value != null && !(value >= least && value <= most))
      this.add('INVALID', `This must be between ${least} and ${most}.`, ...path);
  }

  tags(tags: Maybe<readonly string[]>, ...path: string[]): void {
    if (tags == null) return;
    if (tags.length > LIMITS.tags)
      this.add('TOO_LONG', `At most ${LIMITS.tags} are allowed, not ${tags.length}.`, ...path);
    tags.forEach((tag, index) => {
      this.present(tag, ...path, String(index));
      this.length(tag, LIMITS.tag, ...path, String(index));
    });
  }
}

/** All faults of an input; empty where it is valid. `language`: the given one, or that of the text. */
export function faultsOf(input: NewVideo, language: string, abilities: ProviderAbilities): UserFault[] {
  const faults = new FaultCollector();
  checkSource(input, faults);
  faults.present(input.title, 'title');
  faults.length(input.title, LIMITS.title, 'title');
  faults.length(input.description, LIMITS.description, 'description');
  faults.length(input.visualStyle, LIMITS.visualStyle, 'visualStyle');
  faults.range(input.targetDurationSeconds, LIMITS.targetDurationSeconds, 'targetDurationSeconds');
  faults.tags(input.tags, 'tags');
  checkTopic(input, abilities, faults);
  checkLanguage(input, language, abilities, faults);
  checkMusic(input, abilities, faults);
  checkProviderChoice(input, abilities.providerNames, (...fault) => faults.add(...fault));
  checkPresenter(input.presenter, abilities.presenters ?? NO_PRESENTERS, (...fault) => faults.add(...fault));
  return faults.found;
}

/** The faults of checked input whose texts have nothing to say: `silent` is that of its early script. */
export function silenceFaults(input: NewVideo, silent: EarlyScript['silent']): UserFault[] {
  const faults = new FaultCollector();
  for (const place of silent) {
    const path = input.scenes ? ['scenes', String(place), 'narration'] : [input.script == null ? 'article' : 'script'];
    faults.add('INVALID', onlyUnspoken(), ...path);
  }
  return faults.found;
}

const SOURCES = ['topic', 'script', 'article', 'scenes'] as const;

function checkSource(input: NewVideo, faults: FaultCollector): void {
  const [first, ...more] = SOURCES.filter((name) => input[name] != null);
  const rule = 'Give exactly one of topic, script, article and scenes';
  if (first === undefined) faults.add('REQUIRED', `${rule}; none is given.`);
  if (more[0] !== undefined) faults.add('INVALID', `${rule}; ${[first, ...more].join(' and ')} are given.`, more[0]);
  for (const name of ['topic', 'script', 'article'] as const) {
    faults.present(input[name], name);
    faults.length(input[name], LIMITS[name], name);
  }
  const paragraphs = faults.cleaned(input.script ?? '').split(/\n\s*\n/).length;
  if (paragraphs > LIMITS.paragraphs)
    faults.add(
      'TOO_LONG',
      `Blank lines part this into ${paragraphs} scenes; at most ${LIMITS.paragraphs} are allowed.`,
      'script',
    );
  if (input.scenes) checkScenes(input.scenes, faults);
}

function checkScenes(scenes: NonNullable<NewVideo['scenes']>, faults: FaultCollector): void {
  if (scenes.length === 0) faults.add('REQUIRED', 'Give at least one scene.', 'scenes');
  if (scenes.length > LIMITS.scenes)
    faults.add('TOO_LONG', `At most ${LIMITS.scenes} scenes are allowed, not ${scenes.length}.`, 'scenes');
  const whole = scenes.reduce((sum, scene) => sum + lengthOf(faults.cleaned(scene.narration)), 0);
  if (whole > LIMITS.script)
    faults.add(
      'TOO_LONG',
      `All narrations together have ${count(whole)} characters; at most ${count(LIMITS.script)} are allowed.`,
      'scenes',
    );
  scenes.forEach((scene, index) => {
    const path = ['scenes', String(index)];
    if (faults.cleaned(scene.narration) === '')
      faults.add('REQUIRED', 'A scene needs a narration.', ...path, 'narration');
    faults.length(scene.narration, LIMITS.narration, ...path, 'narration');
    faults.length(scene.visualPrompt, LIMITS.visualPrompt, ...path, 'visualPrompt');
  });
}

function checkTopic({ topic }: NewVideo, { writesTopics }: ProviderAbilities, faults: FaultCollector): void {
  if (topic != null && !writesTopics) faults.add('PROVIDER_UNAVAILABLE', NO_TEXT_PROVIDER, 'topic');
}

function checkLanguage(input: NewVideo, language: string, abilities: ProviderAbilities, faults: FaultCollector): void {
  const { voice } = input;
  faults.range(voice?.speed, LIMITS.speed, 'voice', 'speed');
  if (!abilities.speaks(language)) {
    faults.add('UNSUPPORTED', noVoice(language, input.language != null, abilities.languages()), 'language');
    return;
  }
  checkSpeakable({ ...input, language }, faults);
  checkVoice(voice, language, abilities, faults);
}

/** The language has a voice. */
export function checkVoice(
  voice: NewVideo['voice'],
  language: string,
  abilities: Pick<ProviderAbilities, 'hasVoice'>,
  faults: FaultCollector,
): void {
  const provider = voice?.provider ?? undefined;
  const hasVoice = (id: string) => isPlainName(id) && abilities.hasVoice(language, id, provider);
  if (provider !== undefined && !abilities.hasVoice(language, undefined, provider)) {
    const message = 'There is no such speech provider for this language: leave it out to let us choose.';
    faults.add('NOT_FOUND', message, 'voice', 'provider');
  } else if (voice?.voiceId != null && !hasVoice(voice.voiceId)) {
    const message = `There is no such voice for ${language}: ask the field voices(language) for those there are.`;
    faults.add('NOT_FOUND', message, 'voice', 'voiceId');
  }
}

function checkMusic({ music }: NewVideo, { musicMoods }: ProviderAbilities, faults: FaultCollector): void {
  faults.range(music?.volume, { least: 0, most: 1 }, 'music', 'volume');
  if (music?.mood != null && !musicMoods.includes(music.mood))
    faults.add('UNSUPPORTED', `There is no music of this mood; there is ${musicMoods.join(', ')}.`, 'music', 'mood');
}

/** The one source that checked input holds, in the form in which it is kept. */
export function sourceOf(input: NewVideo): VideoSource {
  if (input.scenes) {
    const scenes = input.scenes.map(({ narration, visualPrompt }) => ({
      narration: cleanText(narration),
      ...(visualPrompt?.trim() ? { visualPrompt: cleanText(visualPrompt) } : {}),
    }));
    return { kind: 'scenes', scenes };
  }
  if (input.script != null) return { kind: 'script', text: cleanText(input.script) };
  if (input.article != null) return { kind: 'article', text: cleanText(input.article) };
  return { kind: 'topic', text: cleanText(input.topic ?? '') };
}

/**
 * One form for the same text: NFC, line feeds, no byte-order mark, no control characters and no halves of characters,
 * which PostgreSQL or a voice rejects, and see `withoutDirectionControls`.
 */
export function cleanText(text: string): string {
  return withoutDirectionControls(normalized(withWindowsMarks(text.toWellFormed()), 'NFC'))
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|[\v\u0085]/g, '\n')
    .replaceAll('\f', '\n\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

function count(amount: number): string {
  return amount.toLocaleString('en');
}

/** Each tag once, tidy. */
export function distinct(tags: readonly string[] | null | undefined): string[] {
  return [...new Set((tags ?? []).map(cleanText))];
}
