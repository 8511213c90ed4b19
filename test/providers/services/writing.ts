import { LanguageDetector } from '../../../src/language/detection/language-detector.ts';
import { readModelFile } from '../../../src/language/detection/model-file.ts';
import type { ScriptRequest } from '../../../src/providers/ports.ts';

export const DETECTOR = new LanguageDetector(readModelFile);

/** A part of the request that no error may repeat. */
export const SECRET = 'purple walrus 4711';

export const TOPIC: ScriptRequest = {
  source: { kind: 'topic', text: `Why the sea rises twice a day, for a ${SECRET}` },
  language: 'en',
  targetDurationSeconds: 30,
  visualStyle: 'warm watercolour',
  speed: 1,
};

/** About 30 seconds. */
export const REPLY = {
  title: 'Why the sea rises twice a day',
  scenes: [
    {
      narration:
        'Twice a day the sea climbs the shore and falls back again. The moon is the reason: it pulls the water that is nearest to it.',
      visualPrompt: 'A wide beach at low tide under a full moon.',
      keyWords: ['beach', 'moon'],
    },
    {
      narration:
        'On the far side of the earth the pull is weaker, so a second hill of water stays behind. The earth turns below both hills.',
      visualPrompt: 'The earth from space with two bulges of water',
      keyWords: ['earth', 'ocean'],
    },
    {
      narration: 'That is why most coasts see two high tides each day, and why their times change with the moon.',
      visualPrompt: 'Fishing boats in a full harbour',
      keyWords: ['boats'],
    },
  ],
};

/** A reply to the request for an analysis of that film. */
export const ANALYSIS_REPLY = {
  summary: 'The moon pulls the water that is nearest to it. That is why the sea rises twice a day on most coasts.',
  title: 'Why the sea rises twice a day',
  description: 'The film explains how the moon makes the tides, and why there are two of them each day.',
  tags: ['tides', 'moon'],
  chapters: [{ title: 'Two tides a day', scene: 1 }],
  seo: { title: 'Two tides a day', description: 'How the moon makes the tides.', keywords: ['tides'] },
};

/** The script that the reply above becomes. */
export const SCRIPT = {
  title: REPLY.title,
  scenes: [
    {
      narration: REPLY.scenes[0]?.narration,
      visualPrompt: 'A wide beach at low tide under a full moon, warm watercolour',
    },
    {
      narration: REPLY.scenes[1]?.narration,
      visualPrompt: 'The earth from space with two bulges of water, ocean, warm watercolour',
    },
    { narration: REPLY.scenes[2]?.narration, visualPrompt: 'Fishing boats in a full harbour, warm watercolour' },
  ],
};
