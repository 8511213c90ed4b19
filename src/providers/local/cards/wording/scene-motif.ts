import { emojiIn } from '../../../../drawing/emoji.ts';
import type { Language } from '../../../../language/language.ts';
import { characterIn } from '../subject-words.ts';
import { timeIn } from './clock-times.ts';
import { withDirection } from './motif-direction.ts';
import { measuredMotif } from './motif-measures.ts';
import { isSky, type Motif, NO_MOTIFS } from './motif-signs.ts';
import { motifFor } from './motifs.ts';
import { deniesClause, picturedText } from './pictured-text.ts';

/** In UTF-16 units; a thing that is named later is not the subject of the beat. */
const LONGEST_READ = 4_000;
/** Of what is measured, all that is no amount of what the heading names. */
const OWN_SUBJECTS: ReadonlySet<Motif> = new Set(['clock', 'phone', 'envelope-simple', 'globe']);
/** A number up to 99 before a heading that is no German date, or after a word for a part. */
const NUMBERED =
  /^(?:[#(]?(\d{1,2})(?:[.):、．]|[.)]:)(?=\s|[^\d\s.,:])(?!\s(?:Jan|Jän|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))|(?:(?:step|part|chapter|lesson|tip|rule|reason|day|week|schritt|teil|kapitel|regel|tipp|grund|tag|woche|étape|partie|chapitre|règle|conseil|jour|paso|parte|capítulo|regla|consejo|día|passo|regra|dica|dia|capitolo|regola|consiglio|giorno)\s|第)(\d{1,2})(?![\d.,]\d|\d))/iu;

/**
 * The author's emoji, else the character that the text introduces, else what it names without denying it, else what its
 * amounts are of (a denied price is about money too), unless the author's heading above it names something: an emoji, the name
 * of an icon, or "clock 7:45" for a clock that shows a time.
 */
export function motifOf(
  text: string,
  language: Language,
  { heading = '', unrelated = NO_MOTIFS }: { readonly heading?: string; readonly unrelated?: ReadonlySet<Motif> } = {},
): string | null {
  const read = text.slice(0, LONGEST_READ);
  const named = namedMotif(read, language, unrelated);
  if (named !== null) return named;
  const measured = measuredMotif(read, language);
  if (measured === null) return null;
  const headed = OWN_SUBJECTS.has(measured) ? null : namedMotif(heading, language, unrelated);
  return headed ?? inDetail(measured, read, language);
}

/** What a text names, whatever its amounts are of: the motif of a heading. */
export function namedMotif(text: string, language: Language, unrelated: ReadonlySet<Motif> = NO_MOTIFS): string | null {
  const pictured = picturedText(text, language);
  const motif =
    emojiIn(text)[0] ??
    characterIn(text, language)?.motif ??
    motifFor(pictured, language.base, { around: text, unrelated });
  if (motif === null || isHidden(motif, text, language)) return null;
  return inDetail(motif, pictured, language);
}

/** "The moon did not come out": its picture would say the opposite. */
function isHidden(motif: Motif, text: string, language: Language): boolean {
  return (
    isSky(motif) &&
    deniesClause(text, language, (clause) => motifFor(picturedText(clause, language), language.base) === motif)
  );
}

/** A clock shows the time that the text names, and an amount that falls is a falling line. */
function inDetail(motif: Motif, text: string, { base }: Language): Motif {
  const time = motif === 'clock' ? timeIn(text, base) : null;
  if (time !== null) return `clock ${time.hour}:${String(time.minute).padStart(2, '0')}`;
  return withDirection(motif, text, base);
}

/** The number with which the author's heading begins, e.g. "3. Water it", "Step 3: Water it" or "第3步"; null if there is none. */
export function numberOf(heading: string): string | null {
  const found = NUMBERED.exec(heading.trim());
  return found?.[1] ?? found?.[2] ?? null;
}
