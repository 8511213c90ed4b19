import { describe, expect, it } from 'vitest';
import { narrationFault } from './narration-faults.ts';

describe('A narration', () => {
  it.each([
    '# The tides',
    'It rises.\n## Why',
    'The **moon** pulls.',
    'The *moon* pulls.',
    '- The moon pulls.\n- The sea rises.',
    '1. Look up.\n2. Look down.',
    '```js\nrise()\n```',
    'See [the map](https://example.org).',
    'The sea<break time="1s"/> rises.',
    'The <b>sea</b> rises.',
    '| tide | time |',
  ])('with Markdown is faulty: %j', (narration) => {
    expect(narrationFault(narration)).toMatch(/^contains Markdown/);
  });

  it.each([
    '[Music] The sea rises.',
    'The sea rises. (Soft piano music plays)',
    '(pause) And then it falls.',
    'Narrator: The sea rises.',
    'Scene 2: The sea rises.',
    '【海浪聲】海面上升。',
    '海面上升。（鏡頭拉遠）',
    '旁白：海面上升。',
  ])('with a stage direction is faulty: %j', (narration) => {
    expect(narrationFault(narration)).toMatch(/^contains a stage direction/);
  });

  it.each([
    'The sea rises twice a day.',
    'One thing is certain: the moon pulls (a little) at the earth.',
    'In 1687, Newton explained it – at last.',
    'It costs 5 * 3 dollars, that is $15.',
    '1. of May is the day',
    'Musik (aus dem Barock) klingt anders.',
    '海面每天上升兩次（大約每十二小時一次）。',
    '問題是：月亮為什麼拉得動海水？',
  ])('for the ear is fine: %j', (narration) => {
    expect(narrationFault(narration)).toBeUndefined();
  });
});
