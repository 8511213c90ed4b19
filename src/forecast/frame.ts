const LONG_SIDE_RATIO = 16 / 9;
const SHORT_SIDE = { SD_480: 480, HD_720: 720, FULL_HD_1080: 1080 } as const;

export interface Frame {
  readonly aspectRatio: 'LANDSCAPE_16_9' | 'PORTRAIT_9_16' | 'SQUARE_1_1';
  readonly resolution: keyof typeof SHORT_SIDE;
}

/** Millions of pixels of a frame. */
export function frameMegapixels({ aspectRatio, resolution }: Frame): number {
  const short = SHORT_SIDE[resolution];
  return (short * short * (aspectRatio === 'SQUARE_1_1' ? 1 : LONG_SIDE_RATIO)) / 1e6;
}
