import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader } from './frames.ts';

describe('Frames', () => {
  const stream = Buffer.concat([
    encodeFrame({ kind: 'piece' }, Buffer.from('a\nb')),
    encodeFrame({ kind: 'done' }),
    encodeFrame({ kind: 'piece', n: 2 }, Buffer.alloc(5000, 7)),
  ]);

  it.each([1, 7, 64, 10_000])('are reassembled when the pipe splits them into chunks of %i bytes', (size) => {
    const reader = new FrameReader();
    const frames = [];
    for (let at = 0; at < stream.length; at += size) frames.push(...reader.push(stream.subarray(at, at + size)));
    expect(frames.map((frame) => frame.header)).toEqual([
      { kind: 'piece', bytes: 3 },
      { kind: 'done', bytes: 0 },
      { kind: 'piece', n: 2, bytes: 5000 },
    ]);
    expect(Buffer.from(frames[0]?.body ?? []).toString()).toBe('a\nb');
    expect(frames[2]?.body.every((byte) => byte === 7)).toBe(true);
  });

  it.each(['{"kind":"done"}\n', '{"bytes":-1}\n', '{"bytes":1.5}\n', 'null\n', 'noise\n'])(
    'are refused when they are invalid: %s',
    (line) => {
      expect(() => new FrameReader().push(Buffer.from(line))).toThrow();
    },
  );
});
