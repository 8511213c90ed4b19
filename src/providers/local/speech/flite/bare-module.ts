/** A module of WebAssembly without the content of its memory. */
export interface BareModule {
  /** The module without data and custom sections; its instances have a memory of zeros. */
  readonly code: Uint8Array<ArrayBuffer>;
  readonly segments: readonly DataSegment[];
}

/** A part of the memory, and where its content is in the file of the whole module. */
export interface DataSegment {
  readonly memoryOffset: number;
  readonly fileOffset: number;
  readonly length: number;
}

/** Numbers of sections: https://webassembly.github.io/spec/core/binary/modules.html#sections */
const CUSTOM = 0;
const DATA = 11;
const DATA_COUNT = 12;
const HEADER_BYTES = 8;
const I32_CONST = 0x41;
const END = 0x0b;

/**
 * Splits a module, because V8 keeps the whole file of a module as long as the module: of Flite's 21 MB, 17 are voices and 4 are names for
 * debuggers. It runs under Node's own type stripping, so it uses only erasable syntax. Throws an Error for data that is not at a fixed place.
 */
export function bareModule(file: Uint8Array): BareModule {
  const kept: Uint8Array[] = [file.subarray(0, HEADER_BYTES)];
  const segments: DataSegment[] = [];
  for (let at = HEADER_BYTES; at < file.length; ) {
    const size = readNumber(file, at + 1);
    const end = size.next + size.value;
    const kind = file[at];
    if (kind === DATA) segments.push(...readSegments(file, size.next));
    else if (kind !== CUSTOM && kind !== DATA_COUNT) kept.push(file.subarray(at, end));
    at = end;
  }
  return { code: new Uint8Array(Buffer.concat(kept)), segments };
}

function readSegments(file: Uint8Array, start: number): DataSegment[] {
  const count = readNumber(file, start);
  const segments: DataSegment[] = [];
  for (let at = count.next; segments.length < count.value; ) {
    const mode = readNumber(file, at);
    // Mode 0 is a segment of the first memory, at a place that an expression gives.
    if (mode.value !== 0 || file[mode.next] !== I32_CONST) throw new Error('a data segment without a fixed place');
    const place = readNumber(file, mode.next + 1);
    if (file[place.next] !== END) throw new Error('a data segment without a fixed place');
    const length = readNumber(file, place.next + 1);
    segments.push({ memoryOffset: place.value, fileOffset: length.next, length: length.value });
    at = length.next + length.value;
  }
  return segments;
}

/** A number in LEB128: seven bits a byte, the lowest first. Those of this module are not negative and below 2 ** 31. */
function readNumber(file: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let [at, shift] = [start, 0]; shift < 35; at += 1, shift += 7) {
    const byte = file[at] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at + 1 };
  }
  throw new Error('a number that is too long');
}
