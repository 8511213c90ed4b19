import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** Stored files whose rows are deleted already, with their account: a periodic task removes them. */
export const RemovedFile = defineEntity({
  name: 'RemovedFile',
  tableName: 'removed_files',
  properties: {
    /** Of the keys of the files, e.g. `videos/<uuid>/`. */
    prefix: p.string().length(100).primary(),
    removedAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type RemovedFile = InferEntity<typeof RemovedFile>;
