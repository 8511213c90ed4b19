import { createHook } from 'node:async_hooks';

/**
 * Keeps `process.nextTick` fast until the returned function is called. V8 forgets the shape of its tick objects where a full garbage
 * collection finds none of them, which the start of a server is long enough for; from then on each of them is built by a slow path, which
 * takes five times as long, until the process ends. Node's streams make six of them for each request. While one of them lives, so does
 * the shape: it is caught here as it is made.
 */
export function keepTickShape(): () => void {
  const kept: object[] = [];
  const hook = createHook({
    // To watch promises, even once, would make all of them slower.
    trackPromises: false,
    init(_id, type, _trigger, resource) {
      if (type === 'TickObject') kept.push(resource);
    },
  });
  hook.enable();
  process.nextTick(() => {});
  hook.disable();
  return () => {
    kept.length = 0;
  };
}
