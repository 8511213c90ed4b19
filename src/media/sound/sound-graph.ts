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

/** One narration and where it begins, in samples at 48 kHz. */
interface Placed {
  readonly startSample: number;
}

/**
 * Lays narrations one after the other to the sample on one track, [voice], mono at 48 kHz, and has it measured: loudness as
 * of two channels, and the peak; at half the rate, for half the cost, as these only say where to begin. Each has the time until the next one begins, and silence fills what it leaves. One after
 * the other, because mixing n delayed tracks costs n times the film's length.
 */
export function voiceFilters(request: { readonly voices: readonly Placed[]; readonly samples: number }): string {
  const starts = request.voices.map(({ startSample }, at) => (at === 0 ? 0 : startSample));
  const tracks = request.voices.map(({ startSample }, at) => {
    const own = (starts[at + 1] ?? request.samples) - (starts[at] ?? 0);
    const lead = at === 0 ? `,adelay=${startSample}S` : '';
    return `[${at}:a]aresample=${RATE},aformat=sample_fmts=fltp:channel_layouts=mono${lead},${exactly(own)}[v${at}]`;
  });
  const inputs = request.voices.map((_, at) => `[v${at}]`).join('');
  const measured = `aresample=${RATE / 2},ebur128=dualmono=true:peak=sample:framelog=verbose,anullsink`;
  return [
    ...tracks,
    `${inputs}concat=n=${request.voices.length}:v=0:a=1,asplit[voice][measured]`,
    `[measured]${measured}`,
  ].join(';');
}

/**
 * Voice and music to the finished sound, [sound], in two channels: limited, and exactly as long as the picture. A voice
 * alone stays mono up to the end, which costs half. The limiter sees samples only, the room under its ceiling is for what
 * lies between them.
 */
export function masterFilters(shape: MixShape, levels: MixLevels): string {
  const gain = `volume=${levels.voiceDb}dB`;
  const limit = 10 ** (levels.ceilingDb / 20);
  const finish = [
    `volume=${levels.mixDb}dB`,
    `alimiter=limit=${limit.toFixed(5)}:attack=5:release=60:level=false:latency=true`,
    exactly(shape.samples),
  ].join(',');
  // By its own way of making two channels of one FFmpeg takes 3 dB away.
  const twice = 'pan=stereo|c0=c0|c1=c0';
  return shape.musicVolume === null
    ? `[0:a]${gain},${finish},${twice}[sound]`
    : `${underVoice(`[0:a]${twice},${gain}`, shape.samples, shape.musicVolume)}${finish}[sound]`;
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
