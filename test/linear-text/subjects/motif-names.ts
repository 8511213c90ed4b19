import type { SubjectsByModule } from '../subject.ts';

/** The tables in src/providers/local/cards/wording/motif-names. */
export const MOTIF_NAMES: SubjectsByModule = {
  'src/providers/local/cards/wording/motif-names/animals.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/body-and-life.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/daily-life.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/chinese.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/english.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/figures-of-speech.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/french.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/german.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/italian.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/kitchen.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/leisure-and-vehicles.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/motif-cues.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/motif-names.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/objects.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/plants-and-weather.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/portuguese.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/shared-names.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/spanish.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/words-with-two-meanings.ts': 'data of our own',
  'src/providers/local/cards/wording/motif-names/wrong-cues.ts': 'data of our own',
};
