import { cuesFor } from '../media/captions.ts';
import type { SceneMedia } from '../media/film.ts';
import type { Storage } from '../storage/storage.ts';
import type { Artefact } from './artefacts.ts';
import type { SpeechOutput } from './stages/speech.ts';

type SpokenScene = SpeechOutput['scenes'][number];

/** A scene as the cutting room wants it: local files, and the cues that its voice gives. */
export async function sceneMediaOf(
  spoken: SpokenScene,
  image: Artefact,
  language: string,
  storage: Storage,
): Promise<SceneMedia> {
  const [picturePath, voicePath] = await Promise.all([
    storage.localPath(image.key),
    storage.localPath(spoken.audio.key),
  ]);
  return {
    id: spoken.id,
    picturePath,
    pictureHash: image.hash,
    voicePath,
    voiceHash: spoken.audio.hash,
    narrationSeconds: spoken.durationSeconds,
    cues: cuesFor(spoken.timings, spoken.narration, language),
  };
}
