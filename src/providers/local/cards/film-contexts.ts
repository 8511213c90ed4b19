import { languageOf } from '../../../language/language.ts';
import type { FilmTexts, SceneContext } from '../../ports.ts';
import { locationNames } from './locations/country-names.ts';
import { locationsIn } from './locations/locations-in-text.ts';
import { subjectOfFilm, subjectsAgain } from './subject-again.ts';
import { unrelatedMotifs } from './unrelated-motifs.ts';

/**
 * What each scene of a film shows, or leaves out, because of the others; in order. A place whose map the scene before
 * has shown, or an earlier one without a map of another place since, is mapped already.
 */
export function filmContexts(film: FilmTexts): SceneContext[] {
  const language = languageOf(film.language);
  const names = locationNames(language);
  const filmSubject = subjectOfFilm(film, language);
  const unrelated = unrelatedMotifs(film, language, filmSubject);
  const subjects = subjectsAgain(film, language, { subject: filmSubject, unrelated });
  let latest = new Set<string>();
  return film.scenes.map(({ narration }, index): SceneContext => {
    const places = names === null ? [] : locationsIn(narration, names, language).map(({ label }) => label);
    const mapped = places.filter((label) => latest.has(label));
    if (mapped.length < places.length) latest = new Set(places);
    const subject = places.length === 0 ? (subjects[index] ?? null) : null;
    const hidden = [...(unrelated[index] ?? [])];
    return {
      ...(subject === null ? {} : { subject }),
      ...(mapped.length === 0 ? {} : { mapped }),
      ...(hidden.length === 0 ? {} : { unrelated: hidden }),
    };
  });
}
