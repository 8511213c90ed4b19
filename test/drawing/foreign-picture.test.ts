import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { redrawn } from '../../src/drawing/foreign-picture.ts';
import { pictureHeader } from '../../src/drawing/picture-header.ts';
import { skia } from '../../src/drawing/skia.ts';

type Format = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

/** Left half red, right half blue. */
async function picture(format: Format, width = 128, height = 96): Promise<Buffer> {
  const canvas = skia().createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#f00';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = '#00f';
  context.fillRect(width / 2, 0, width / 2, height);
  switch (format) {
    case 'png':
      return await canvas.encode('png');
    case 'jpeg':
      return await canvas.encode('jpeg', 90);
    case 'webp':
      return await canvas.encode('webp', 90);
    case 'gif':
      return await canvas.encode('gif');
    case 'avif':
      return await canvas.encode('avif');
  }
}

async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<readonly number[]> {
  const { createCanvas, loadImage } = skia();
  const image = await loadImage(bytes);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return [...context.getImageData(x, y, 1, 1).data.subarray(0, 3)];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A complete PNG of some bytes that claims any size. */
function pngOfSize(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', Buffer.from('789c0300', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('A picture from outside', () => {
  it.each<Format>(['png', 'jpeg', 'webp'])('is encoded again as a JPEG that looks the same: %s', async (format) => {
    const given = await picture(format);
    const { bytes, ...rest } = await redrawn(given);
    expect(rest).toEqual({ contentType: 'image/jpeg', width: 128, height: 96 });
    expect(pictureHeader(bytes)).toEqual({ format: 'jpeg', width: 128, height: 96, isComplete: true });
    expect(Buffer.compare(bytes, given)).not.toBe(0);
    const [left, right] = [await colourAt(bytes, 20, 48), await colourAt(bytes, 108, 48)];
    expect(left[0]).toBeGreaterThan(230);
    expect(left[2]).toBeLessThan(25);
    expect(right[0]).toBeLessThan(25);
    expect(right[2]).toBeGreaterThan(230);
  });

  it('is white where it was transparent', async () => {
    const clear = await skia().createCanvas(64, 64).encode('png');
    expect(await colourAt((await redrawn(clear)).bytes, 30, 30)).toEqual([255, 255, 255]);
  });

  it('is made smaller where it is larger than any film, in its shape', async () => {
    const { width, height } = await redrawn(await picture('jpeg', 5_000, 1_000));
    expect({ width, height }).toEqual({ width: 3_840, height: 768 });
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, RegExp]>([
    ['a page', () => Buffer.from('<!doctype html><title>Not found</title>'), /no PNG, JPEG or WebP/],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'), /no PNG/],
    ['a GIF', () => picture('gif'), /no PNG/],
    ['an AVIF', () => picture('avif'), /no PNG/],
    ['nothing', () => new Uint8Array(), /no PNG/],
    ['the beginning of a PNG', async () => (await picture('png')).subarray(0, 20), /no PNG/],
    ['half a PNG', async () => half(await picture('png')), /its end is missing/],
    ['half a JPEG', async () => half(await picture('jpeg', 1_280, 720)), /its end is missing/],
    ['half a WebP', async () => half(await picture('webp')), /its end is missing/],
    ['a PNG of 50,000 × 50,000 pixels', () => pngOfSize(50_000, 50_000), /40 million pixels/],
    ['noise behind the header of a WebP', () => noisyWebp(), /cannot be decoded/],
    ['a PNG with a height of 0', () => pngOfSize(100, 0), /shorter than 64/],
    ['a pixel to count readers', () => picture('png', 1, 1), /shorter than 64/],
    ['33 MB', () => Buffer.alloc(33 * 1024 * 1024), /larger than 32 MB/],
  ])('is refused if it is %s', async (_, make, message) => {
    await expect(redrawn(await make())).rejects.toMatchObject({
      code: 'LOCAL_API_ERROR',
      retriable: false,
      message: expect.stringMatching(message),
    });
  });
});

describe('The header of a picture', () => {
  it('is found behind other segments of a JPEG, and not in the thumbnail within them', async () => {
    const [outer, thumbnail] = [await picture('jpeg', 320, 200), await picture('jpeg', 64, 64)];
    const segment = Buffer.alloc(4);
    segment.writeUInt16BE(0xffe1, 0);
    segment.writeUInt16BE(thumbnail.length + 2, 2);
    const whole = Buffer.concat([outer.subarray(0, 2), segment, thumbnail, outer.subarray(2)]);
    expect(pictureHeader(whole)).toEqual({ format: 'jpeg', width: 320, height: 200, isComplete: true });
    expect(pictureHeader(whole.subarray(0, -2))).toMatchObject({ isComplete: false });
  });

  it('is that of a WebP with and without loss', async () => {
    const canvas = skia().createCanvas(300, 200);
    // Quality 100 is without loss.
    for (const quality of [50, 100])
      expect(pictureHeader(await canvas.encode('webp', quality))).toMatchObject({ width: 300, height: 200 });
    expect(pictureHeader(noisyWebp())).toEqual({ format: 'webp', width: 300, height: 200, isComplete: true });
  });
});

/** A complete WebP of 300 × 200 pixels whose pixels are none. */
function noisyWebp(): Buffer {
  return Buffer.from('RIFF\x1a\0\0\0WEBPVP8 \x0e\0\0\0\0\0\0\x9d\x01\x2a\x2c\x01\xc8\0\0\0\0\0', 'latin1');
}

function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}
