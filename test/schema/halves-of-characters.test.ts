import { type ExecutionResult, GraphQLString, getNamedType, getNullableType, graphql, isListType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { INPUT_BOUNDS } from '../../src/schema/limits/input-bounds.ts';
import { inputPaths, operationAt } from '../helpers/input-paths.ts';
import { viewerWith } from './fake-rows.ts';
import { contextFor, fakeServices } from './fake-services.ts';

const schema = buildAppSchema();
/** Subscriptions are executed differently, by the same check. */
const places = inputPaths(schema).filter(
  ({ type, operation }) => getNamedType(type) === GraphQLString && operation !== 'subscription',
);
/** What people paste. Written down here once more, so that a new text is refused or mended on purpose. */
const MENDED = [
  'CreateVideoInput.article',
  'CreateVideoInput.description',
  'CreateVideoInput.script',
  'CreateVideoInput.tags',
  'CreateVideoInput.title',
  'CreateVideoInput.topic',
  'CreateVideoInput.visualStyle',
  'GenerateImageInput.prompt',
  'GenerateSpeechInput.text',
  'GenerateTextInput.prompt',
  'Mutation.testProvider(prompt:)',
  'SceneInput.narration',
  'SceneInput.visualPrompt',
  'UpdateVideoInput.description',
  'UpdateVideoInput.script',
  'UpdateVideoInput.seoDescription',
  'UpdateVideoInput.seoKeywords',
  'UpdateVideoInput.seoTitle',
  'UpdateVideoInput.tags',
  'UpdateVideoInput.title',
  'VideoFilter.search',
  'VideoFilter.tags',
];

async function answerTo(place: (typeof places)[number], text: string): Promise<ExecutionResult> {
  const value = isListType(getNullableType(place.type)) ? ['bees', text] : text;
  const { query, variables } = operationAt(schema, place, value, 'variable');
  const contextValue = contextFor(fakeServices(), viewerWith('SUPER_ADMIN'));
  return await graphql({ schema, source: query, variableValues: variables, contextValue });
}

const sentence = 'This has half of a character (an unpaired surrogate)';

describe('Half of a character', () => {
  it('is mended in texts that people paste, and in no other', () => {
    const marked = Object.entries(INPUT_BOUNDS).filter(([, { isMended }]) => isMended === true);
    expect(marked.map(([coordinate]) => coordinate).toSorted()).toEqual(MENDED);
  });

  it.each(places.filter(({ coordinate }) => !MENDED.includes(coordinate)))(
    'is refused in $coordinate, at its field',
    async (place) => {
      for (const text of ['Key \ud83e', '\udd8a of a fox'])
        expect(JSON.stringify(await answerTo(place, text))).toContain(sentence);
      expect(JSON.stringify(await answerTo(place, 'Key 🦊'))).not.toContain(sentence);
    },
  );

  it.each(places.filter(({ coordinate }) => MENDED.includes(coordinate)))(
    'is left to the service in $coordinate',
    async (place) => {
      expect(JSON.stringify(await answerTo(place, 'A \ud83e'))).not.toContain(sentence);
    },
  );

  it('is INVALID at the field that has it', async () => {
    const source = `mutation ($name: String!) {
      createApiKey(input: { name: $name, permissions: [VIDEO_READ] }) { secret userErrors { code message field } }
    }`;
    const contextValue = contextFor(fakeServices(), viewerWith('CREATOR'));
    const { data } = await graphql({ schema, source, variableValues: { name: 'Key \ud83e' }, contextValue });
    const message = `${sentence}, as a text that was cut between two halves: send whole characters.`;
    expect(data).toMatchObject({
      createApiKey: { secret: null, userErrors: [{ code: 'INVALID', message, field: ['input', 'name'] }] },
    });
  });
});
