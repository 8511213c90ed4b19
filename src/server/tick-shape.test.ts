import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const FILE = JSON.stringify(join(import.meta.dirname, 'tick-shape.ts'));

/** Prints whether a tick object that was there at the call lives after full garbage collections, before the release and after it. */
const PROGRAM = `
  import { createHook } from 'node:async_hooks';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { keepTickShape } from ${FILE};
  const ticks = [];
  const hook = createHook({ init: (_id, type, _trigger, resource) => type === 'TickObject' && ticks.push(new WeakRef(resource)) }).enable();
  const release = keepTickShape();
  hook.disable();
  const lives = async () => {
    await sleep(5);
    globalThis.gc();
    return ticks.some((tick) => tick.deref() !== undefined);
  };
  console.log(await lives(), await lives(), release(), await lives());`;

it('A tick object lives until it is released, so that V8 keeps the shape of all others', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    '--no-warnings',
    '--input-type=module',
    '--eval',
    PROGRAM,
  ]);
  expect(stdout.trim()).toBe('true true undefined false');
});
