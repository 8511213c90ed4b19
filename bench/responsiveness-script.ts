const WHO = ['A beekeeper', 'The old gardener', 'A young teacher', 'Every spring the village', 'One quiet farmer'];
const DOES = [
  'watches the hives',
  'counts the open flowers',
  'writes down the weather',
  'follows the first bees',
  'tends the meadow',
];
const WHERE = [
  'behind the mill',
  'along the river',
  'near the orchard',
  'on the southern slope',
  'at the edge of the wood',
];

/** A script of so many scenes, each about three seconds of speech; another text for each film. */
export function filmScript(scenes: number, film: number): string {
  return Array.from({ length: scenes }, (_, at) => {
    const of = (words: readonly string[], step: number) => words[(at * step + film) % words.length] ?? '';
    return `${of(WHO, 1)} ${of(DOES, 2)} ${of(WHERE, 3)}. It is note ${at + 1} of the ${film + 1}. year.`;
  }).join('\n\n');
}
