import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseJson } from './json-column.ts';
import { videoErrorFacts, videoSource } from './video.ts';

const error = { code: 'X', message: 'm', stage: null, retriable: false, at: '2026-01-31T09:30:00Z', traceId: null };

it('a JSON value that fits is returned', () => {
  expect(parseJson(videoErrorFacts, error, 'error')).toEqual(error);
  const scenes = { kind: 'scenes', scenes: [{ narration: 'Bees.' }, { narration: 'More.', visualPrompt: 'a bee' }] };
  expect(parseJson(videoSource, scenes, 'source')).toEqual(scenes);
});

it('a JSON value of another form is refused, and the error names its column and what is wrong', () => {
  const refused = { code: 'DATABASE_ERROR', message: expect.stringMatching(/column videos\.error .*retriable/s) };
  const parse = () => parseJson(videoErrorFacts, { ...error, retriable: 'no' }, 'videos.error');
  expect(parse).toThrow(expect.objectContaining(refused));
  expect(() => parseJson(z.string(), null, 'x')).toThrow('The JSON column x');
});
