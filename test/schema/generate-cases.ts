import { encodeId } from '../../src/ids.ts';
import { GENERATION } from './fake-rows.ts';

/** The part of `PERMISSION_CASES` for generations. */
export const GENERATE_CASES = {
  'Query.generations': [{ who: 'VIDEO_READ', document: '{ generations { __typename } }', asks: 'generations.pages' }],
  'Mutation.generateText': [
    {
      who: 'AI_GENERATE_TEXT',
      document: 'mutation { generateText(input: { prompt: "Bees." }) { __typename } }',
      asks: 'contents.generateText',
    },
  ],
  'Mutation.generateImage': [
    {
      who: 'AI_GENERATE_IMAGE',
      document: 'mutation { generateImage(input: { prompt: "A bee" }) { __typename } }',
      asks: 'contents.generateImage',
    },
  ],
  'Mutation.generateSpeech': [
    {
      who: 'AI_GENERATE_AUDIO',
      document: 'mutation { generateSpeech(input: { text: "Bees." }) { __typename } }',
      asks: 'contents.generateSpeech',
    },
  ],
  'Subscription.generationChanged': [
    {
      who: 'VIDEO_READ',
      document: `subscription { generationChanged(id: "${encodeId('generation', GENERATION)}") { status } }`,
      asks: 'generationFeed.watch',
    },
  ],
} as const;
