import type { CreateVideoMutationVariables } from '../../../src/cli/generated/documents.ts';
import type { Random } from '../../../src/providers/local/cards/random.ts';

export type VideoInput = CreateVideoMutationVariables['input'];

const SCENES = ['first', 'second'] as const;
const SYLLABLES = ['ba', 'de', 'fi', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu'] as const;
/** A third of them pay for a part of a video only. */
const LIMITS = ['0.0300', '0.1000', '0.2500'] as const;

/** A word that is in all texts of this video, and in those of no other: it is read aloud as it is written. */
export function nameOf(video: number): string {
  const digits = String(video).padStart(4, '0');
  return `Zo${Array.from(digits, (digit) => SYLLABLES[Number(digit)]).join('')}`;
}

/** Which scene of which video a text belongs to; the scene is left out where it belongs to all of them. */
export interface ContentName {
  readonly video: string;
  readonly scene: string;
}

const NAME = /Zo(?:ba|de|fi|lo|mu|na|pe|ri|so|tu){4}/;
const SCENE = /\b(first|second) scene\b/;

/** Undefined for a text of no video. */
export function contentIn(text: string): ContentName | undefined {
  const [video] = NAME.exec(text) ?? [];
  return video === undefined ? undefined : { video, scene: SCENE.exec(text)?.[1] ?? '' };
}

interface Scene {
  readonly narration: string;
  readonly visualPrompt: string;
}

function shortScene(name: string, scene: string): Scene {
  return { narration: `The ${scene} scene of ${name}.`, visualPrompt: `The ${scene} scene in ${name}` };
}

/** About ten seconds. */
function writtenScenes(name: string): Scene[] {
  const narrations = {
    first: `In the first scene the harbour of ${name} is quiet, and a boat comes home.`,
    second: `In the second scene the people of ${name} light their lamps, and the night begins.`,
  };
  return SCENES.map((scene) => ({ ...shortScene(name, scene), narration: narrations[scene] }));
}

/** What a fake model writes about the video's topic. */
export function scriptAbout(topic: string): object {
  const name = contentIn(topic)?.video ?? topic;
  return { title: `About ${name}`, scenes: writtenScenes(name).map((scene) => ({ ...scene, keyWords: [] })) };
}

/** The analysis that a fake model writes. */
export function analysisOf(text: string): object {
  const name = contentIn(text)?.video ?? 'a harbour';
  return {
    summary: `The film shows the harbour of ${name} in the evening.`,
    title: `About ${name}`,
    description: 'A boat comes home, and the people light their lamps.',
    tags: ['harbour'],
    chapters: [{ title: 'The harbour', scene: 1 }],
    seo: { title: `About ${name}`, description: 'A harbour in the evening.', keywords: ['harbour'] },
  };
}

/** A video about a topic, or of given scenes, whose contents are first asked of services that the random numbers choose. */
export function serviceVideo(video: number, random: Random): VideoInput {
  const name = nameOf(video);
  const scenes = SCENES.slice(0, random.chance(0.3) ? 2 : 1).map((scene) => shortScene(name, scene));
  return {
    ...(random.chance(0.4) ? { topic: `The harbour of ${name}`, targetDurationSeconds: 10 } : { scenes }),
    title: `About ${name}`,
    language: 'en',
    aspectRatio: 'SQUARE_1_1',
    resolution: 'SD_480',
    burnInCaptions: false,
    providers: {
      text: random.pick(['openai', 'claude']),
      speech: random.pick(['openai', 'elevenlabs']),
      image: random.pick(['openai', 'stability', 'replicate']),
    },
    ...(random.chance(0.3) ? { maxCost: random.pick(LIMITS) } : {}),
  };
}
