import { createRequire } from 'node:module';
import type { Canvas } from '@napi-rs/canvas';
import { AppError } from '../errors.ts';

type Skia = typeof import('@napi-rs/canvas');

const require = createRequire(import.meta.url);

/**
 * Skia, which is loaded when it is first asked for: 20 MB that an API has no use for. Node remembers what it has loaded. Throws
 * CONFIG_INVALID where it is not installed for this machine.
 */
export function skia(): Skia {
  try {
    // `require` gives an unchecked value: this line is the only place where it is taken for what its types say.
    const library: Skia = require('@napi-rs/canvas');
    return library;
  } catch (cause) {
    const message = 'The library that draws (@napi-rs/canvas) is not installed for this machine: run "npm ci".';
    throw new AppError('CONFIG_INVALID', message, { cause });
  }
}

/**
 * Frees the pixels of a canvas that is of no more use, 4 bytes each: a canvas is a small object to the garbage collector, so that dozens
 * of megabytes wait for it otherwise.
 */
export function releasePixels(canvas: Canvas): void {
  canvas.width = 0;
  canvas.height = 0;
}
