import { createRequire } from 'node:module';

type Skia = typeof import('@napi-rs/canvas');

const require = createRequire(import.meta.url);

/** Skia, which is loaded when something is first drawn: 20 MB that an API has no use for. Node remembers what it has loaded. */
export function skia(): Skia {
  // `require` gives an unchecked value: this line is the only place where it is taken for what its types say.
  const library: Skia = require('@napi-rs/canvas');
  return library;
}
