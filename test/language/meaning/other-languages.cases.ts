import type { MeaningCases } from './meaning-case.ts';

/** Languages that have a voice, but no rules of their own: a whole sentence or nothing. */
export const OTHERS: readonly MeaningCases[] = [
  { language: 'nl', cases: [{ text: 'De aarde is niet plat.', never: [] }] },
  { language: 'sv', cases: [{ text: 'Det finns inga bevis för att det fungerar.', never: [] }] },
  { language: 'pl', cases: [{ text: 'Ziemia nie jest płaska.', never: [] }] },
  { language: 'ja', cases: [{ text: '地球は平らではありません。', never: [] }] },
  { language: 'ru', cases: [{ text: 'Если пойдёт дождь, матч отменят.', never: [] }] },
];
