import type { SubjectsByModule } from './subject.ts';
import { CARDS } from './subjects/cards.ts';
import { DETECTION } from './subjects/detection.ts';
import { DOCUMENT } from './subjects/document.ts';
import { DRAWING } from './subjects/drawing.ts';
import { LOCAL_PROVIDERS } from './subjects/local-providers.ts';
import { MEDIA } from './subjects/media.ts';
import { OVERLAYS } from './subjects/overlays.ts';
import { SERVICES } from './subjects/services.ts';
import { SPEECH } from './subjects/speech.ts';
import { TEXT } from './subjects/text.ts';
import { WRITING } from './subjects/writing.ts';

/** Every module that handles texts of users, by its path. */
export const SUBJECTS: SubjectsByModule = {
  ...SERVICES,
  ...DETECTION,
  ...DRAWING,
  ...MEDIA,
  ...LOCAL_PROVIDERS,
  ...CARDS,
  ...OVERLAYS,
  ...SPEECH,
  ...TEXT,
  ...DOCUMENT,
  ...WRITING,
};
