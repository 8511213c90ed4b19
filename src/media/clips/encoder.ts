/**
 * Increase it with every change of a clip's look: motion, fades, captions, grounds that are drawn for it, or encoding. Clips cached
 * under another version are then rendered again instead of being joined with clips that do not match.
 */
export const CLIP_VERSION = 11;

/** The colours that every frame is converted to and tagged with. */
export const COLOUR_FILTER = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/**
 * One set for all clips: only streams with the same parameters can be joined by copying. A key frame at least every two
 * seconds, so that players can seek; a fixed time scale (512 ticks a frame at 25 fps), so that joining rounds nothing.
 *
 * A lookahead of 5 frames (the preset has 10) saves 16 MB for each clip of 720p. A shorter lookahead makes smaller files of
 * lower quality: CRF 19.5 gives the quality and size of CRF 21 with 10 frames (PSNR 42.95 and 46.02 dB, compared with 43.24
 * and 45.95 dB, on two scenes). Two threads: with one, which saves 22 MB more, the demo takes a quarter longer.
 *
 * The pictures move slowly and evenly. The preset's adaptive choice of B-frames and its finer search for motion take a third
 * of the encoder's time on them, for files 2 to 5 % smaller with a PSNR 0.06 dB higher.
 *
 * Without the lookahead's own buffer the same bytes take 15 MB less for each clip of 720p; without B-frames that others refer
 * to, 10 MB less again, for files 0.5 % larger with a PSNR 0.03 dB higher.
 */
export function videoEncoding(frameRate: 25 | 30): readonly string[] {
  return [
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-crf',
      '19.5',
      '-rc-lookahead',
      '5',
      '-x264-params',
      'b-adapt=0:me=dia:subme=1:b-pyramid=none:sync-lookahead=0',
      '-profile:v',
      'high',
      '-pix_fmt',
      'yuv420p',
    ],
    ...['-g', String(2 * frameRate), '-threads', '2', '-r', String(frameRate)],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-video_track_timescale', String(512 * frameRate), '-map_metadata', '-1', '-fflags', '+bitexact', '-an'],
  ];
}

/**
 * AAC at 48 kHz, stereo, of constant quality: about 130 kbit/s for a voice, 200 with music. A target bit rate instead
 * makes FFmpeg encode most frames several times: four times the cost for the same noise at the same size. No noise
 * substitution: players generate that noise separately for each channel, so that a centred voice would hiss on both
 * sides.
 */
export const SOUND_ENCODING: readonly string[] = [
  ...['-c:a', 'aac', '-aac_coder', 'fast', '-aac_pns', '0', '-q:a', '2', '-ar', '48000', '-ac', '2'],
];
