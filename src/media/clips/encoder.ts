/**
 * Raise it with every change of what a clip looks like: motion, fades, captions or encoding. Clips kept under another
 * version are then made again instead of being joined with ones that they do not fit.
 */
export const CLIP_VERSION = 3;

/** The colours that every frame is converted to and tagged with. */
export const COLOUR_FILTER = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/**
 * One set for all clips: only streams with the same parameters can be joined by copying. A key frame at least each two
 * seconds, so that players can seek; two threads a clip, as two clips are made at once on the smallest machines; a fixed
 * time scale (512 ticks a frame at 25 fps), so that joining rounds nothing.
 */
export function videoEncoding(frameRate: 25 | 30): readonly string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    ...['-g', String(2 * frameRate), '-threads', '2', '-r', String(frameRate)],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-video_track_timescale', String(512 * frameRate), '-map_metadata', '-1', '-fflags', '+bitexact', '-an'],
  ];
}

/**
 * AAC at 48 kHz, stereo, of constant quality: about 130 kbit/s for a voice, 200 with music. Aiming at a bit rate instead
 * makes FFmpeg encode most frames several times: four times the cost for the same noise at the same size. No noise
 * substitution: players make that noise anew for each channel, so that a voice in the middle would hiss from both sides.
 */
export const SOUND_ENCODING: readonly string[] = [
  ...['-c:a', 'aac', '-aac_coder', 'fast', '-aac_pns', '0', '-q:a', '2', '-ar', '48000', '-ac', '2'],
];
