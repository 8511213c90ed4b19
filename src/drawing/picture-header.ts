/** What the first bytes of a picture say about it. */
export interface PictureHeader {
  readonly format: 'png' | 'jpeg' | 'webp';
  readonly width: number;
  readonly height: number;
  /** False if its end is missing: a decoder would fill the rest with grey. */
  readonly isComplete: boolean;
}

/**
 * Format and size of a PNG, JPEG or WebP, from its content; undefined for everything else. Nothing is decoded, so that a small
 * file with an enormous picture is recognized before it needs memory. Linear.
 */
export function pictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a) return png(view);
    if (view.getUint16(0) === 0xffd8) return jpeg(view, bytes);
    if (text(view, 0) === 'RIFF' && text(view, 8) === 'WEBP') return webp(view);
  } catch (thrown) {
    // It ends within its header.
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  return undefined;
}

/** Four characters. */
function text(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

/** PNG (Third Edition) §5 and §11: chunks of a length, a type, data and a checksum, from IHDR to IEND. */
function png(view: DataView): PictureHeader | undefined {
  if (text(view, 12) !== 'IHDR') return undefined;
  let isComplete = false;
  for (let at = 8; at + 12 <= view.byteLength && !isComplete; at += 12 + view.getUint32(at))
    isComplete = text(view, at + 4) === 'IEND';
  return { format: 'png', width: view.getUint32(16), height: view.getUint32(20), isComplete };
}

/** Markers that begin a frame and hold its size: C0 to CF without the tables C4, C8 and CC. */
function beginsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** ITU-T T.81 annex B: segments of a marker and a length; the last marker is FFD9. */
function jpeg(view: DataView, bytes: Uint8Array): PictureHeader | undefined {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    // Before a marker there may be any number of FF.
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at += 1;
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    // The pixels begin without a size.
    if (marker === 0xda || marker === 0xd9) return undefined;
    if (!beginsFrame(marker)) continue;
    const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    return { format: 'jpeg', width, height, isComplete: hasEnd(bytes, at) };
  }
}

/** A thumbnail may have an end of its own, but only before the frame. Within pixels, FF is followed by 00. */
function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 2; at > from; at -= 1) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}

/** RFC 9649: a RIFF file whose first chunk is VP8 (with loss), VP8L (without) or VP8X (with further properties). */
function webp(view: DataView): PictureHeader | undefined {
  const isComplete = view.getUint32(4, true) + 8 <= view.byteLength;
  const [width, height] = webpSize(view) ?? [];
  return width === undefined || height === undefined ? undefined : { format: 'webp', width, height, isComplete };
}

function webpSize(view: DataView): [number, number] | undefined {
  switch (text(view, 12)) {
    case 'VP8 ':
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [threeBytes(view, 24) + 1, threeBytes(view, 27) + 1];
    default:
      return undefined;
  }
}

function threeBytes(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
