import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { Video } from './video.ts';

/** One part of a video with its own narration, voice and picture. Its id does not change when it is edited; `position` does not. */
export const Scene = defineEntity({
  name: 'Scene',
  tableName: 'scenes',
  properties: {
    id: p.uuid().primary(),
    videoId: () => p.manyToOne(Video).mapToPk().fieldName('video_id').deleteRule('cascade'),
    position: p.integer(),
    narration: p.text(),
    visualPrompt: p.text(),
    audioKey: p.text().nullable(),
    imageKey: p.text().nullable(),
    /** Narration alone, without pauses. */
    durationSeconds: p.double().$type<number>().nullable(),
  },
});
export type Scene = InferEntity<typeof Scene>;
