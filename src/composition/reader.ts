import { type Reader, readerOf } from '../db/prepared.ts';
import { Replicas } from '../db/replicas.ts';
import type { Base } from './base.ts';

/** The reader for clients' lists and videos: the replicas, where there are any. */
export function openReader({ config, db, logger }: Base, resources: AsyncDisposableStack): Reader {
  const primary = readerOf(db);
  if (config.databaseReplicaUrls.length === 0) return primary;
  const replicas = new Replicas({
    urls: config.databaseReplicaUrls,
    primary,
    onState: (state, replica, cause) =>
      state === 'left out'
        ? logger.warn({ err: cause, replica }, 'a replica is excluded; polling it until it is usable again')
        : logger.info({ replica }, 'a replica is used again'),
  });
  resources.defer(() => replicas.close());
  replicas.open();
  return replicas;
}
