import type { Language } from '../../../language/language.ts';
import type { FilmTexts } from '../../ports.ts';
import type { Subject } from './subject-again.ts';
import { isAnimal, relatedTo, tracesIn } from './wording/motif-fields.ts';
import { isNamingLanguage } from './wording/motif-lexicons.ts';
import { type Motif, NO_MOTIFS } from './wording/motif-signs.ts';

/** UTF-16 units of a scene that are read. */
const LONGEST_READ = 4_000;
/** Scenes before and after a scene that say what it is about. */
const NEAR = 2;

/**
 * For each scene, the motifs that it names and that nothing near it is related to: the word most likely means something else
 * there ("receita", a recipe and a revenue), or is mentioned beside the point. An animal that is the film's subject is never
 * among them: a tale may name nothing else of its field.
 */
export function unrelatedMotifs(
  { title, scenes }: FilmTexts,
  { base }: Language,
  subject: Subject | null,
): ReadonlySet<Motif>[] {
  if (!isNamingLanguage(base)) return scenes.map(() => NO_MOTIFS);
  const isSubject = (motif: Motif): boolean => motif === subject?.motif && isAnimal(motif);
  const titled = tracesIn(title, base);
  const read = scenes.map(({ heading = '', narration }) =>
    tracesIn(`${heading}\n${narration.slice(0, LONGEST_READ)}`, base),
  );
  return read.map(({ motifs }, index) => {
    const isRelated = relatedTo([titled, ...read.slice(Math.max(0, index - NEAR), index + NEAR + 1)], base);
    const named = [...motifs, ...(index === 0 ? titled.motifs : [])].filter((one) => !isSubject(one));
    return new Set(named.filter((motif) => !isRelated(motif, { isInTitle: titled.motifs.has(motif) })));
  });
}
