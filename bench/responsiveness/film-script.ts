const SUBJECTS = ['A beekeeper', 'The old gardener', 'A young teacher', 'Every spring the village', 'One quiet farmer'];
const ACTIONS = [
  'watches the hives',
  'counts the open flowers',
  'writes down the weather',
  'follows the first bees',
  'tends the meadow',
];
const PLACES = [
  'behind the mill',
  'along the river',
  'near the orchard',
  'on the southern slope',
  'at the edge of the wood',
];

/** A script of the given number of scenes, each about three seconds of speech; a different text for each film. */
export function filmScript(scenes: number, film: number): string {
  return Array.from({ length: scenes }, (_, at) => {
    const of = (words: readonly string[], step: number) => words[(at * step + film) % words.length] ?? '';
    return `${of(SUBJECTS, 1)} ${of(ACTIONS, 2)} ${of(PLACES, 3)}. It is note ${at + 1} of the ${film + 1}. year.`;
  }).join('\n\n');
}
