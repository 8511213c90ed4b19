import { describe, expect, it } from 'vitest';
import { fileNameOf } from './file-name.ts';

const KEY = 'videos/1/film-ab12.mp4';

describe('The file name for a title', () => {
  it.each([
    ['How bees dance', 'How bees dance.mp4'],
    ['蜜蜂的舞蹈', '蜜蜂的舞蹈.mp4'],
    ['Bees 🐝 and 👩🏽‍🚀', 'Bees 🐝 and 👩🏽‍🚀.mp4'],
    ['"Why?" he asked: 1/2 \\ <3> | *', '_Why__ he asked_ 1_2 _ _3_ _ _.mp4'],
    ['one\r\ntwo\tthree\u0000four\u2028five', 'one two three four five.mp4'],
    ['\u202egnp.exe\u202c\u2066x\u2069\u200f', 'gnp.exex.mp4'],
    ['  ..hidden..  ', 'hidden.mp4'],
    ['../../etc/passwd', '_.._etc_passwd.mp4'],
    ['half \ud83d a pair', 'half \ufffd a pair.mp4'],
    ['cafe\u0301', 'caf\u00e9.mp4'],
    ['NUL', '_NUL.mp4'],
    ['', 'video.mp4'],
    [' \u200b . ', 'video.mp4'],
  ])('%j is %j', (title, name) => {
    expect(fileNameOf(title, KEY)).toBe(name);
  });

  it.each(['x', 'é', '蜂', '🐝'])('is cut to 180 bytes without splitting %s', (character) => {
    const name = fileNameOf(character.repeat(1_000), KEY);
    const bytes = Buffer.byteLength(name) - '.mp4'.length;
    expect(bytes).toBeLessThanOrEqual(180);
    expect(bytes).toBeGreaterThan(180 - Buffer.byteLength(character));
    expect(name.isWellFormed()).toBe(true);
  });

  it('has the extension of the file, if any', () => {
    expect(fileNameOf('a.b', 'x.srt')).toBe('a.b.srt');
    expect(fileNameOf('a', 'x')).toBe('a');
  });
});
