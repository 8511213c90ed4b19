import { describe, expect, it } from 'vitest';
import { optionOf } from './make-options.ts';

describe('An error of the server', () => {
  it.each([
    [['input', 'script'], '--script'],
    [['input', 'targetDurationSeconds'], '--duration'],
    [['input', 'voice', 'speed'], '--speed'],
    [['input', 'voice', 'voiceId'], '--voice'],
    [['input', 'music', 'mood'], '--music'],
    [['input', 'captionStyle'], '--caption-style'],
    [['input', 'scenes', '1', 'narration'], '--scenes, scene 2, narration'],
    [['input', 'scenes'], '--scenes'],
    [['input', 'somethingNew'], null],
    [null, null],
  ])('names the option that was typed: %j → %s', (path, option) => {
    expect(optionOf(path)).toBe(option);
  });
});
