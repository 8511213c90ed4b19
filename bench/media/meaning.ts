import { ALL_CASES } from '../../test/language/meaning/all-cases.ts';
import { lossesOf } from '../../test/language/meaning/lost-meaning.ts';

/**
 * Prints how many texts lose their meaning, by language and by where it is shown; the texts and what may be shown of them
 * are those of the test. `--all` prints what is wrong with each.
 */
const isVerbose = process.argv.includes('--all');
const PLACES = {
  'on cards': /^(?:headline|second line)/u,
  'in chapters, title and summary': /^(?:chapter|title|summary|search)/u,
  'in tags': /^(?:tag|no tag)/u,
  anywhere: /^/u,
};
const measured = await Promise.all(
  ALL_CASES.map(async ({ language, text, one }) => ({ language, text, losses: await lossesOf(one, language) })),
);
if (isVerbose)
  for (const { text, losses } of measured) if (losses.length > 0) console.log([text, ...losses].join('\n    '));

const lostIn = (texts: typeof measured, place: RegExp): string =>
  `${texts.filter(({ losses }) => losses.some((loss) => place.test(loss))).length} of ${texts.length}`;
for (const language of new Set(ALL_CASES.map((one) => one.language))) {
  const texts = measured.filter((one) => one.language === language);
  console.log(`${language.padEnd(6)} ${lostIn(texts, PLACES.anywhere)}`);
}
for (const [name, place] of Object.entries(PLACES))
  console.log(`The meaning is lost ${name}: ${lostIn(measured, place)}`);
