import 'reflect-metadata';
import { isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { buildAppSchema } from '../../schema/build/build-schema.ts';
import { VIDEO_FIELD_PARTS } from './video-look-ahead.ts';

it('Every field of Video has an entry for what it needs', () => {
  const type = buildAppSchema().getType('Video');
  if (!isObjectType(type)) throw new Error('There is no type Video.');
  expect(Object.keys(VIDEO_FIELD_PARTS).toSorted()).toEqual(
    ['__typename', ...Object.keys(type.getFields())].toSorted(),
  );
});
