import { graphql } from 'graphql';
import { encodeId } from '../../src/ids.ts';
import type { Services } from '../../src/resolvers/services.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { VIDEO, video, viewerWith } from './fake-rows.ts';
import { contextFor, fakeServices, recorded } from './fake-services.ts';

export const schema = buildAppSchema();
export const id = encodeId('video', VIDEO);
/** A video that is not there, or is another's. */
export const OTHER = '019a0000-0000-7000-8000-0000000000aa';

export async function ask(source: string, replaced: Partial<Services> = {}, viewer = viewerWith('SUPER_ADMIN')) {
  const { services, calls } = recorded(fakeServices(replaced));
  const { data, errors } = await graphql({ schema, source, contextValue: contextFor(services, viewer) });
  const answer: unknown = JSON.parse(JSON.stringify(data ?? null));
  return { data: answer, errors: errors ?? [], calls, names: calls.map((call) => call.name) };
}

export function videosWith(given: Parameters<typeof video>[0]): Partial<Services> {
  return { videos: { ...fakeServices().videos, find: async () => video(given) } };
}
