/** Gains and ceiling of one try at the mix, all in decibels. */
export interface MixLevels {
  readonly voiceDb: number;
  readonly mixDb: number;
  readonly ceilingDb: number;
}

export interface MixShape {
  /** Length of the finished sound at 48 kHz. */
  readonly samples: number;
  /** 0 to 1, or null for a film without music. */
  readonly musicVolume: number | null;
}

const RATE = 48_000;
/** True peaks lie between the samples: four times the rate shows them (ITU-R BS.1770-4, annex 2). */
const OVERSAMPLED = 4 * RATE;

/** Places narrations to the sample on one track, [voice], mono at 48 kHz, and has its loudness measured as two-channel. */
export function voiceFilters(order: {
  readonly voices: readonly { startSample: number }[];
  readonly samples: number;
}): string {
  const placed = order.voices.map(
    ({ startSample }, at) =>
      `[${at}:a]aresample=${RATE},aformat=sample_fmts=fltp:channel_layouts=mono,adelay=${startSample}S[v${at}]`,
  );
  const inputs = order.voices.map((_, at) => `[v${at}]`).join('');
  const mix = `${inputs}amix=inputs=${order.voices.length}:normalize=0:dropout_transition=0`;
  return [
    ...placed,
    `${mix},${exactly(order.samples)},ebur128=dualmono=true:framelog=verbose,aformat=channel_layouts=mono[voice]`,
  ].join(';');
}

/**
 * Voice and music to the finished sound, [sound]: limited, exactly as long as the picture, its loudness and peak measured.
 * A voice alone stays mono until it is encoded, which costs half.
 */
export function masterFilters(shape: MixShape, levels: MixLevels): string {
  const gain = `volume=${levels.voiceDb}dB`;
  const voice = shape.musicVolume === null ? `[0:a]${gain}` : `[0:a]pan=stereo|c0=c0|c1=c0,${gain}`;
  const limit = 10 ** (levels.ceilingDb / 20);
  const finish = [
    `volume=${levels.mixDb}dB,aresample=${OVERSAMPLED}`,
    `alimiter=limit=${limit.toFixed(5)}:attack=5:release=60:level=false:latency=true`,
    `aresample=${RATE},${exactly(shape.samples)},ebur128=dualmono=true:peak=true:framelog=verbose[sound]`,
  ].join(',');
  return shape.musicVolume === null
    ? `${voice},${finish}`
    : `${underVoice(voice, shape.samples, shape.musicVolume)}${finish}`;
}

/** The bed gives way within 40 ms when somebody speaks and comes back over 700 ms; it fades in and out with the film. */
function underVoice(voice: string, samples: number, volume: number): string {
  const end = samples / RATE;
  const fadeOut = Math.min(2, end / 2);
  const fades = `afade=t=in:d=1,afade=t=out:st=${end - fadeOut}:d=${fadeOut}`;
  return [
    `${voice},asplit[spoken][key]`,
    `[1:a]aresample=${RATE},aformat=sample_fmts=fltp:channel_layouts=stereo,volume=${volume},atrim=end_sample=${samples},${fades}[bed]`,
    '[bed][key]sidechaincompress=threshold=0.02:ratio=8:attack=40:release=700[ducked]',
    '[spoken][ducked]amix=inputs=2:normalize=0:duration=first:dropout_transition=0,',
  ].join(';');
}

function exactly(samples: number): string {
  return `apad=whole_len=${samples},atrim=end_sample=${samples}`;
}
