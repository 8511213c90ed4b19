import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeEventId, decodeId, encodeEventId, encodeId, typeOfId } from './ids.ts';

const uuid = () =>
  randomBytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const NIL = '00000000-0000-0000-0000-000000000000';
const MAX = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

describe('An id', () => {
  it('contains its UUID and its type', () => {
    for (const id of [NIL, MAX, randomUUIDv7(), ...Array.from({ length: 200 }, uuid)]) {
      const encoded = encodeId('video', id);
      expect(encoded).toMatch(/^video_[0-9a-v]{26}$/);
      expect(decodeId('video', encoded)).toBe(id);
      expect(typeOfId(encoded)).toBe('video');
    }
  });

  it('sorts as its UUID does, and so by time of creation', () => {
    const uuids = [NIL, MAX, ...Array.from({ length: 500 }, uuid)];
    expect(uuids.map((id) => encodeId('user', id)).toSorted()).toEqual(
      uuids.toSorted().map((id) => encodeId('user', id)),
    );
  });

  it('is of one type only', () => {
    const id = encodeId('video', NIL);
    expect(decodeId('user', id)).toBeNull();
    expect(decodeId('user', id.replace('video', 'user'))).toBe(NIL);
    expect(typeOfId(id.replace('video', 'film'))).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['a bare UUID', NIL],
    ['only a type', 'video_'],
    ['one character too few', 'video_0000000000000000000000000'],
    ['one character too many', 'video_000000000000000000000000000'],
    ['upper case', 'VIDEO_00000000000000000000000000'],
    ['letters in upper case', 'video_0000000000000000000000000A'],
    ['a letter that is not in base32hex', 'video_0000000000000000000000000z'],
    ['bits left over, which would be a second form', 'video_00000000000000000000000001'],
    ['space around it', ' video_00000000000000000000000000'],
    ['an event', encodeEventId({ ownerId: NIL, seq: 1 })],
    ['another separator', 'video-00000000000000000000000000'],
    ['a property of objects', '__proto__'],
  ])('is not %s', (_, text) => {
    expect(decodeId('video', text)).toBeNull();
    expect(typeOfId(text)).toBeNull();
  });
});

describe('A cursor of the log', () => {
  it('contains owner and number', () => {
    for (const seq of [0, 1, 255, 256, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      const place = { ownerId: uuid(), seq };
      expect(decodeEventId(encodeEventId(place))).toEqual(place);
    }
  });

  it('sorts by its number', () => {
    const numbers = [0, 1, 9, 10, 31, 32, 255, 256, 1_000, 65_535, 65_536, 2 ** 33, Number.MAX_SAFE_INTEGER];
    const cursors = numbers.map((seq) => encodeEventId({ ownerId: MAX, seq }));
    expect(cursors.toReversed().toSorted()).toEqual(cursors);
  });

  it.each([
    ['nothing', ''],
    ['an id', encodeId('video', NIL)],
    ['an id with the prefix of an event', encodeId('video', NIL).replace('video', 'event')],
    ['a truncated cursor', encodeEventId({ ownerId: NIL, seq: 1 }).slice(0, -1)],
    ['a cursor with more characters', `${encodeEventId({ ownerId: NIL, seq: 1 })}0`],
    ['a number that is too large to be exact', `event_${'v'.repeat(38)}o`],
  ])('is not %s', (_, text) => {
    expect(decodeEventId(text)).toBeNull();
  });
});
