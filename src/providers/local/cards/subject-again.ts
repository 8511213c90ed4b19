import { withoutEmoji } from '../../../drawing/emoji.ts';
import { type Statement, statementsOf } from '../../../language/headlines/statements.ts';
import type { Language } from '../../../language/language.ts';
import type { FilmTexts, SubjectAgain } from '../../ports.ts';
import { characterIn, nameBesideNoun, opensWithPronoun, titledNames } from './subject-words.ts';
import { type Motif, rankOf } from './wording/motif-signs.ts';
import { motifFor } from './wording/motifs.ts';
import { picturedText } from './wording/pictured-text.ts';
import { motifOf, namedMotif, numberOf } from './wording/scene-motif.ts';

/** The subject is named in the title, or introduced in so many statements. */
const INTRODUCTION = 6;
/** UTF-16 units of a narration that are read. */
const LONGEST_READ = 4_000;
const QUOTED = /[“"«»„「『][^“”"«»„「」『』]{0,200}[”"«»“」』]/gu;

/** What a whole film is about: a thing or an animal, and the names by which its texts also call it or its keeper. */
export interface Subject {
  readonly motif: Motif;
  readonly names: ReadonlySet<string>;
}

/**
 * For each scene, the subject of the film where the scene names nothing more to see but goes on about the subject: by its name
 * ("Basile n’hésita pas"), also where something else is denied, or by a pronoun right after a statement about it. Never in
 * two consecutive scenes; null where it is uncertain, because the picture of something else is worse than none.
 */
export function subjectsAgain(
  { scenes }: FilmTexts,
  language: Language,
  { subject, unrelated }: { readonly subject: Subject | null; readonly unrelated: readonly ReadonlySet<Motif>[] },
): (SubjectAgain | null)[] {
  const read = readIn(scenes, language);
  if (subject === null) return scenes.map(() => null);
  let isAbout = true;
  let wasAgain = false;
  return read.map((statements, index) => {
    const others = [...(unrelated[index] ?? [])].filter((motif) => motif !== subject.motif);
    const hidden = { unrelated: new Set(others) };
    const about = statements.map(({ text }) => {
      const named = motifFor(text, language.base, hidden);
      const isCalled = calls(text, subject.names, language);
      const isDenied = named !== null && motifOf(text, language, hidden) === null;
      const refers = isCalled || (isAbout && opensWithPronoun(text, language));
      isAbout = named === subject.motif || (named === null ? refers : isCalled && isDenied);
      const isFree = named === null || (isCalled && isDenied && named !== subject.motif);
      return { isFree, isAbout };
    });
    const from = about.findIndex((one) => one.isAbout && one.isFree);
    const start = statements[from]?.start;
    const isFree = statements.slice(from).every(({ text }, at) => {
      return about[from + at]?.isFree === true && motifOf(text, language, hidden) === null;
    });
    const heading = scenes[index]?.heading ?? '';
    const isHeaded = numberOf(heading) !== null || namedMotif(heading, language, hidden.unrelated) !== null;
    wasAgain = index > 0 && !wasAgain && !isHeaded && isFree && start !== undefined;
    return wasAgain && start !== undefined ? { motif: subject.motif, start } : null;
  });
}

/** Null if it is uncertain. */
export function subjectOfFilm({ title, scenes }: FilmTexts, language: Language): Subject | null {
  return subjectOf(title, readIn(scenes, language).flat().slice(0, INTRODUCTION), language);
}

function readIn(scenes: FilmTexts['scenes'], language: Language): Statement[][] {
  return scenes.map(({ narration }) => statementsOf(narration.slice(0, LONGEST_READ), language));
}

function subjectOf(title: string, introduction: readonly Statement[], language: Language): Subject | null {
  const heading = withoutEmoji(title).replace(QUOTED, ' ');
  const texts = [heading, ...introduction.map(({ text }) => withoutEmoji(text))];
  const titled = motifFor(picturedText(heading, language), language.base);
  const characters = texts.flatMap((text) => characterIn(text, language) ?? []);
  const introduced = characters.find(({ motif }) => isThing(motif));
  const motif = titled !== null && isThing(titled) ? titled : introduced?.motif;
  if (motif === undefined) return null;
  const own = texts.filter((text) => motifFor(text, language.base) === motif);
  const names = [
    ...characters.filter((one) => one.motif === motif).map(({ name }) => name),
    ...own.flatMap((text) => [...nameBesideNoun(text, motif, language.base), ...titledNames(text)]),
  ];
  return { motif, names: new Set(names.filter((name) => name !== '')) };
}

/** A thing or an animal, unlike a place or a subject such as money. */
function isThing(motif: Motif): boolean {
  return rankOf(motif) === 4;
}

/** True if a text has one of the names; "Max Müller" is another than the dog Max. */
function calls(text: string, names: ReadonlySet<string>, { spaced }: Language): boolean {
  if (names.size === 0) return false;
  if (!spaced) return [...names].some((name) => text.includes(name));
  const words = text.matchAll(/(?<word>\p{Lu}[\p{L}\p{M}]{1,40})(?= (?<next>\p{Lu}[\p{L}\p{M}]{1,40})|)/gu);
  return Array.from(words).some(({ groups }) => {
    const next = groups?.['next'];
    return names.has(groups?.['word'] ?? '') && (next === undefined || names.has(next));
  });
}
