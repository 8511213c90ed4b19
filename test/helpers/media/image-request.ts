import type { ImageRequest } from '../../../src/providers/ports.ts';

/** A request for the picture of a scene in the middle of a film. */
export function imageRequest(changes: Partial<ImageRequest> = {}): ImageRequest {
  return {
    prompt: 'Monarch butterflies over a milkweed field',
    narration: 'Along the route they drink nectar from milkweed, a plant that is disappearing.',
    title: 'The long journey of the monarch butterfly',
    language: 'en',
    index: 1,
    count: 5,
    seed: 'video-1',
    width: 854,
    height: 480,
    captionSafeHeight: 0,
    ...changes,
  };
}
