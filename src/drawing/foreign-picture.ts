import type { Canvas } from '@napi-rs/canvas';
import { AppError } from '../errors.ts';
import { pictureHeader } from './picture-header.ts';
import { releasePixels, skia } from './skia.ts';

export interface DrawnPicture {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

const MOST_BYTES = 32 * 1024 * 1024;
/** 160 MB while it is decoded. */
const MOST_PIXELS = 40_000_000;
const LEAST_SIDE = 64;
/** The longest side of what is kept: as wide as the largest film. */
const LONGEST_SIDE = 3_840;
const JPEG_QUALITY = 95;

/**
 * A picture from outside, decoded and encoded again, so that no other program sees bytes that somebody else has written. What
 * it is, its content says: a PNG, JPEG or WebP of at most 32 MB and 40 million pixels. Of several frames the first is taken.
 * Throws LOCAL_API_ERROR, not retriable, for anything else.
 */
export async function redrawn(bytes: Uint8Array): Promise<DrawnPicture> {
  if (bytes.length > MOST_BYTES) throw unusable('it is larger than 32 MB');
  const header = pictureHeader(bytes);
  if (header === undefined) throw unusable('it is no PNG, JPEG or WebP');
  if (!header.isComplete) throw unusable('its end is missing');
  // Before decoding: a file of some kilobytes may hold gigabytes of pixels.
  if (header.width * header.height > MOST_PIXELS) throw unusable('it has more than 40 million pixels');
  if (Math.min(header.width, header.height) < LEAST_SIDE) throw unusable(`a side is shorter than ${LEAST_SIDE} pixels`);
  const canvas = await decoded(bytes);
  try {
    const { width, height } = canvas;
    return { bytes: await canvas.encode('jpeg', JPEG_QUALITY), contentType: 'image/jpeg', width, height };
  } finally {
    releasePixels(canvas);
  }
}

/** On white where it is transparent. */
async function decoded(bytes: Uint8Array): Promise<Canvas> {
  const { createCanvas, loadImage } = skia();
  const image = await loadImage(bytes).catch((cause: unknown) => {
    throw unusable('it cannot be decoded', cause);
  });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
  const [width, height] = [image.naturalWidth, image.naturalHeight].map((side) =>
    Math.max(1, Math.round(side * scale)),
  );
  if (width === undefined || height === undefined) throw unusable('it has no size');
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

function unusable(why: string, cause?: unknown): AppError {
  return new AppError('LOCAL_API_ERROR', `The picture cannot be used: ${why}.`, { cause });
}
