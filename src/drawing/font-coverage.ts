import { closeSync, openSync, readSync } from 'node:fs';

/** Joiners, variation selectors and tags: they change adjacent characters and have no glyph of their own. */
const INVISIBLE = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u;

/**
 * The characters that a set of TrueType files can draw, from their `cmap` tables (OpenType specification, "cmap –
 * Character to Glyph Index Mapping Table", formats 4 and 12). Skia silently takes a missing character from a font of
 * the host, so that pictures would differ between machines.
 */
export class FontCoverage {
  readonly #ranges: readonly (readonly [first: number, last: number])[];

  /** Reads the tables immediately (about 10 ms for four large fonts). */
  constructor(paths: readonly string[]) {
    this.#ranges = merge(paths.flatMap((path) => rangesOf(readCmap(path))));
  }

  covers(text: string): boolean {
    return Array.from(text).every((char) => INVISIBLE.test(char) || this.#has(char.codePointAt(0) ?? 0));
  }

  #has(codePoint: number): boolean {
    let low = 0;
    let high = this.#ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [first, last] = this.#ranges[middle] ?? [0, 0];
      if (codePoint < first) high = middle - 1;
      else if (codePoint > last) low = middle + 1;
      else return true;
    }
    return false;
  }
}

type Range = readonly [first: number, last: number];

/** Reads only the table: the files are up to 25 MB, the table a few hundred kB. */
function readCmap(path: string): DataView {
  const file = openSync(path, 'r');
  try {
    const count = readAt(file, 0, 12).getUint16(4);
    const directory = readAt(file, 12, count * 16);
    for (let at = 0; at < count * 16; at += 16) {
      if (directory.getUint32(at) === 0x636d6170)
        return readAt(file, directory.getUint32(at + 8), directory.getUint32(at + 12));
    }
    return new DataView(new ArrayBuffer(4));
  } finally {
    closeSync(file);
  }
}

function readAt(file: number, position: number, length: number): DataView {
  const bytes = new Uint8Array(length);
  readSync(file, bytes, 0, length, position);
  return new DataView(bytes.buffer);
}

function rangesOf(cmap: DataView): Range[] {
  const count = cmap.getUint16(2);
  const tables = Array.from({ length: count }, (_, index) => cmap.getUint32(4 + index * 8 + 4));
  return tables.flatMap((at) => {
    const format = cmap.getUint16(at);
    if (format === 12) return groups12(cmap, at);
    return format === 4 ? segments4(cmap, at) : [];
  });
}

function groups12(cmap: DataView, at: number): Range[] {
  const count = cmap.getUint32(at + 12);
  return Array.from({ length: count }, (_, index): Range => {
    const group = at + 16 + index * 12;
    return [cmap.getUint32(group), cmap.getUint32(group + 4)];
  });
}

function segments4(cmap: DataView, at: number): Range[] {
  const doubled = cmap.getUint16(at + 6);
  const ranges = Array.from({ length: doubled / 2 }, (_, index): Range => {
    const end = cmap.getUint16(at + 14 + index * 2);
    const start = cmap.getUint16(at + 16 + doubled + index * 2);
    return [start, end];
  });
  // The table ends with a segment for 0xFFFF, which marks its end.
  return ranges.filter(([first]) => first !== 0xffff);
}

function merge(ranges: Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && range[0] <= last[1] + 1) merged[merged.length - 1] = [last[0], Math.max(last[1], range[1])];
    else merged.push(range);
  }
  return merged;
}
