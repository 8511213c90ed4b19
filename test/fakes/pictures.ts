import { skia } from '../../src/drawing/skia.ts';

/** A picture as a service sends it. */
export async function pictureOf(format: 'png' | 'jpeg' | 'webp', width = 256, height = 144): Promise<Buffer> {
  const canvas = skia().createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#2a6';
  context.fillRect(0, 0, width, height);
  if (format === 'png') return await canvas.encode('png');
  return format === 'jpeg' ? await canvas.encode('jpeg') : await canvas.encode('webp');
}
