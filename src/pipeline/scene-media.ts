import type { SceneMedia } from '../media/film/film.ts';
import type { Artefact } from './artefacts.ts';
import type { Tools } from './pipeline-context.ts';
import type { SpeechOutput } from './stages/speech.ts';

type SpokenScene = SpeechOutput['scenes'][number];

/** A scene in the form that the film assembler needs: local files, and the cues from its voice. */
export async function sceneMediaOf(
  spoken: SpokenScene,
  image: Artefact,
  language: string,
  { storage, captions }: Pick<Tools, 'storage' | 'captions'>,
  signal: AbortSignal,
): Promise<SceneMedia> {
  const [picturePath, voicePath, cues] = await Promise.all([
    storage.localPath(image.key),
    storage.localPath(spoken.audio.key),
    captions.cues(spoken, language, signal),
  ]);
  return {
    id: spoken.id,
    picturePath,
    pictureHash: image.hash,
    voicePath,
    voiceHash: spoken.audio.hash,
    narrationSeconds: spoken.durationSeconds,
    cues,
  };
}
