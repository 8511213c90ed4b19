import { createRequire } from 'node:module';
import type { Canvas } from '@napi-rs/canvas';
import { AppError } from '../errors.ts';

type Skia = typeof import('@napi-rs/canvas');

const require = createRequire(import.meta.url);

/**
 * Loads Skia at its first use: it takes 20 MB, which an API process does not need. Node caches the module. Throws
 * CONFIG_INVALID if it is not installed for this machine.
 */
export function skia(): Skia {
  try {
    // `require` returns an unchecked value: this line is the only place that relies on its declared type.
    const library: Skia = require('@napi-rs/canvas');
    return library;
  } catch (cause) {
    const message = 'The drawing library @napi-rs/canvas is not installed for this machine: run "npm ci".';
    throw new AppError('CONFIG_INVALID', message, { cause });
  }
}

/**
 * Frees the pixels of a canvas that is no longer needed, 4 bytes each: to the garbage collector a canvas is a small
 * object, so that dozens of megabytes would stay allocated.
 */
export function releasePixels(canvas: Canvas): void {
  canvas.width = 0;
  canvas.height = 0;
}
