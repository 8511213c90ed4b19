import { type Reader, readerOf } from '../db/prepared.ts';
import type { ReplicaFacts } from '../db/replica.ts';
import { Replicas } from '../db/replicas.ts';
import type { Base } from './base.ts';

/** The reader for clients' lists and videos: the replicas, where there are any; and what operators see of these. */
export function openReader(
  { config, db, logger }: Base,
  resources: AsyncDisposableStack,
): { readonly reader: Reader; readonly replicas: { list(): readonly ReplicaFacts[] } } {
  const primary = readerOf(db);
  if (config.databaseReplicaUrls.length === 0) return { reader: primary, replicas: { list: () => [] } };
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
  return { reader: replicas, replicas: { list: () => replicas.facts } };
}
