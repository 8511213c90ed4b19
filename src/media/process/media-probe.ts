import { z } from 'zod';

/** ffprobe writes most numbers as text; a missing value or "N/A" becomes undefined. */
const numberText = z
  .union([z.string(), z.number()])
  .optional()
  .transform((value) => {
    const number = Number(value);
    return value === undefined || Number.isNaN(number) ? undefined : number;
  });

/** "25/1" as 25. */
const ratio = z
  .string()
  .optional()
  .transform((value) => {
    const [over = Number.NaN, under = 1] = (value ?? '').split('/').map(Number);
    return under === 0 || Number.isNaN(over / under) ? undefined : over / under;
  });

const stream = z.object({
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  pix_fmt: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_primaries: z.string().optional(),
  color_transfer: z.string().optional(),
  r_frame_rate: ratio,
  nb_frames: numberText,
  duration: numberText,
  sample_rate: numberText,
  channels: z.number().optional(),
});

/** The part of `ffprobe -show_format -show_streams` that we use; durations in seconds. */
export const mediaProbe = z.object({
  streams: z.array(stream),
  format: z.object({ duration: numberText, size: numberText, format_name: z.string().optional() }),
});

export type MediaProbe = z.infer<typeof mediaProbe>;
export type MediaStream = MediaProbe['streams'][number];
