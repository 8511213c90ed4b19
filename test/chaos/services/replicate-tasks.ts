import { randomBytes } from 'node:crypto';
import type { FakeHandler, ReceivedRequest } from '../../fakes/fake-service.ts';
import { predictionOf, replicate, succeeded } from '../../fakes/replicate.ts';

const DRAWING_MS = 700;
const CANCELING = /^\/v1\/predictions\/([0-9a-f]+)\/cancel$/;
const STATE = /^\/v1\/predictions\/([0-9a-f]+)$/;

/** Replicate with many predictions at once, each of which takes a while and ends also where nothing asks for it. */
export function replicateTasks(): FakeHandler {
  const begun = new Map<string, number>();
  return async (request) => {
    const [, id = ''] = STATE.exec(request.path) ?? [];
    if (isCreation(request)) {
      // It checks the request.
      await replicate(request);
      const created = randomBytes(13).toString('hex');
      begun.set(created, Date.now());
      return { status: 201, body: predictionOf('starting', { id: created }) };
    }
    const [, canceled] = CANCELING.exec(request.path) ?? [];
    if (canceled !== undefined) return { body: predictionOf('canceled', { id: canceled }) };
    const at = begun.get(id);
    if (at === undefined) return await replicate(request);
    return { body: Date.now() - at < DRAWING_MS ? predictionOf('processing', { id }) : { ...succeeded(request), id } };
  };
}

function isCreation({ method, path }: ReceivedRequest): boolean {
  return method === 'POST' && path === '/v1/predictions';
}
