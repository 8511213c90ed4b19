/** Gains and ceiling of one mixing attempt, all in decibels. */
export interface MixLevels {
  readonly voiceDb: number;
  readonly mixDb: number;
  readonly ceilingDb: number;
}

export interface MixShape {
  /** Length of the finished sound at 48 kHz. */
  readonly samples: number;
  /** Null for a film without music. */
  readonly music: MixedMusic | null;
}

export interface MixedMusic {
  /** Filters from the inputs 2 and following to one stream without a label. */
  readonly filters: string;
  /** Gain in the gaps of the speech; the envelope, which is input 1, lowers it elsewhere. */
  readonly gainDb: number;
}

const RATE = 48_000;
/** FFmpeg's default conversion from mono to stereo lowers the level by 3 dB. */
const TWICE = 'pan=stereo|c0=c0|c1=c0';

/** One narration and where it begins, in samples at 48 kHz. */
interface Placed {
  readonly startSample: number;
}

/**
 * Places narrations one after the other, exact to the sample, on one mono track [voice] at 48 kHz, and measures it:
 * loudness as of two channels, and the peak; at half the rate for half the cost, since these values are only a first
 * estimate. Each narration has the time until the next one begins, and silence fills the rest. They are concatenated,
 * because mixing n delayed tracks costs n times the film's length.
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
 * Mixes voice and music to the finished sound, [sound], in two channels: limited, and exactly as long as the picture. A
 * voice alone stays mono until the last step, which halves the cost. The limiter works on samples; the headroom below
 * its ceiling is for peaks between them.
 */
export function masterFilters(shape: MixShape, levels: MixLevels): string {
  const gain = `volume=${levels.voiceDb}dB`;
  const limit = 10 ** (levels.ceilingDb / 20);
  const finish = [
    `volume=${levels.mixDb}dB`,
    `alimiter=limit=${limit.toFixed(5)}:attack=5:release=60:level=false:latency=true`,
    exactly(shape.samples),
  ].join(',');
  return shape.music === null
    ? `[0:a]${gain},${finish},${TWICE}[sound]`
    : `${underVoice(`[0:a]${gain},${TWICE}`, shape.music)}${finish}[sound]`;
}

/** The envelope begins and ends with 0, so that the music ends with the film whatever its own length is. */
function underVoice(voice: string, { filters, gainDb }: MixedMusic): string {
  return [
    `${voice}[spoken]`,
    `[1:a]pan=mono|c0=c0,aresample=${RATE},aformat=sample_fmts=fltp,${TWICE}[envelope]`,
    `${filters},aresample=${RATE},aformat=sample_fmts=fltp:channel_layouts=stereo,volume=${gainDb.toFixed(2)}dB[bed]`,
    '[bed][envelope]amultiply[music]',
    '[spoken][music]amix=inputs=2:normalize=0:duration=first:dropout_transition=0,',
  ].join(';');
}

function exactly(samples: number): string {
  return `apad=whole_len=${samples},atrim=end_sample=${samples}`;
}
