import { type Reader, readerOf } from '../db/prepared.ts';
import { Replicas } from '../db/replicas.ts';
import type { Base } from './base.ts';

/** What clients' lists and videos are read by: the replicas, where any are named. */
export function openReader({ config, db, logger }: Base, resources: AsyncDisposableStack): Reader {
  const primary = readerOf(db);
  if (config.databaseReplicaUrls.length === 0) return primary;
  const replicas = new Replicas({
    urls: config.databaseReplicaUrls,
    primary,
    onState: (state, replica, cause) =>
      state === 'left out'
        ? logger.warn({ err: cause, replica }, 'a replica is left out; asking it until it is back')
        : logger.info({ replica }, 'a replica is back'),
  });
  resources.defer(() => replicas.close());
  replicas.open();
  return replicas;
}
