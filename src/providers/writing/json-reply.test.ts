import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inTheForm, readObject } from './json-reply.ts';

const schema = z.object({ title: z.string(), scenes: z.array(z.object({ narration: z.string() })) });
const value = { title: 'Tides', scenes: [{ narration: 'The {sea} rises.' }] };

describe('A reply in JSON', () => {
  it.each([
    JSON.stringify(value),
    `\n${JSON.stringify(value, null, 2)}\n`,
    `\`\`\`json\n${JSON.stringify(value)}\n\`\`\``,
    `Here it is: ${JSON.stringify(value)} Anything else?`,
    JSON.stringify({ ...value, path: '/etc/passwd' }),
  ])('is read from %j', (text) => {
    expect(readObject(text, schema)).toEqual({ value });
  });

  it.each(['', 'I cannot do that.', '{"title":"Tides","scenes":[{"narr', 'null', '[]', '"{}"'])(
    'is missing in %j',
    (text) => {
      expect(readObject(text, schema)).toEqual({ faults: ['The reply is not one JSON object.'] });
    },
  );

  it('in another form has its faults named by their places, and nothing repeated of it', () => {
    const text = JSON.stringify({ title: 'my secret', scenes: [{ narration: 7 }, {}] });
    expect(readObject(text, schema)).toEqual({
      faults: [
        'scenes.0.narration: Invalid input: expected string, received number.',
        'scenes.1.narration: Invalid input: expected string, received undefined.',
      ],
    });
  });

  it('is described by its schema for models that take none', () => {
    expect(inTheForm(schema)).toContain('"required":["title","scenes"]');
  });
});
