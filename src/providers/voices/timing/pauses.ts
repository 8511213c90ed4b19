/** A silence inside a sound. */
export interface Pause {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

const FRAME_SECONDS = 0.01;
/** Shorter ones are parts of words: before a "t" or a "k" a voice is silent too. */
const SHORTEST_SECONDS = 0.12;
/** What is quieter than this, or than a fortieth of the loudest sample, is silence. */
const QUIET = 60;
const QUIET_SHARE = 1 / 40;

/** The silences between sounds, in order. */
export function pausesIn(samples: Int16Array, sampleRate: number): readonly Pause[] {
  const frame = Math.max(1, Math.round(FRAME_SECONDS * sampleRate));
  const peaks = Array.from({ length: Math.floor(samples.length / frame) }, (_, index) =>
    samples.subarray(index * frame, (index + 1) * frame).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
  );
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 0);
  const quiet = Math.max(QUIET, loudest * QUIET_SHARE);
  const pauses: Pause[] = [];
  let since: number | undefined;
  for (const [index, peak] of peaks.entries()) {
    if (peak <= quiet) since ??= index;
    else {
      // Silence at the beginning is no pause.
      if (since !== undefined && since > 0 && (index - since) * frame >= SHORTEST_SECONDS * sampleRate)
        pauses.push({ startSeconds: (since * frame) / sampleRate, endSeconds: (index * frame) / sampleRate });
      since = undefined;
    }
  }
  return pauses;
}

/** Where a pause is expected: at punctuation. */
export interface ExpectedPause {
  readonly seconds: number;
  /** Longer for the end of a sentence than for a comma. */
  readonly length: number;
}

/** A pause that is missing or additional costs as much as one that is this far from its place. */
const MISSING_SECONDS = 0.5;
const ADDITIONAL_SECONDS = 0.3;
/** More are not compared: the time for it grows with the square. A paragraph has 30. */
const MOST = 300;

/** For each expected pause the one that was heard; undefined where there is none. By the cheapest alignment of both. */
export function heardPauses(
  expected: readonly ExpectedPause[],
  heard: readonly Pause[],
): readonly (Pause | undefined)[] {
  const none = expected.map(() => undefined);
  if (expected.length > MOST || heard.length > MOST) return none;
  const width = heard.length + 1;
  const costs = new Float64Array((expected.length + 1) * width);
  const cost = (row: number, column: number): number => costs[row * width + column] ?? 0;
  const missing = (row: number): number => MISSING_SECONDS * (expected[row - 1]?.length ?? 1);
  // A long pause that is left out is worse than a short one.
  const additional = (column: number): number => {
    const pause = heard[column - 1];
    return pause === undefined ? 0 : ADDITIONAL_SECONDS * Math.min(2, (pause.endSeconds - pause.startSeconds) / 0.3);
  };
  const distance = (row: number, column: number): number =>
    Math.abs((expected[row - 1]?.seconds ?? 0) - (heard[column - 1]?.startSeconds ?? 0));
  for (let row = 0; row <= expected.length; row += 1)
    for (let column = 0; column <= heard.length; column += 1) {
      const ways = [row === 0 && column === 0 ? 0 : Number.POSITIVE_INFINITY];
      if (row > 0) ways.push(cost(row - 1, column) + missing(row));
      if (column > 0) ways.push(cost(row, column - 1) + additional(column));
      if (row > 0 && column > 0) ways.push(cost(row - 1, column - 1) + distance(row, column));
      costs[row * width + column] = Math.min(...ways);
    }
  const found: (Pause | undefined)[] = [...none];
  for (let [row, column] = [expected.length, heard.length]; row > 0; ) {
    const here = cost(row, column);
    if (column > 0 && here === cost(row - 1, column - 1) + distance(row, column)) {
      row -= 1;
      column -= 1;
      found[row] = heard[column];
    } else if (column > 0 && here === cost(row, column - 1) + additional(column)) column -= 1;
    else row -= 1;
  }
  return found;
}
