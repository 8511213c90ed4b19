/** A sound or a pause of Flite's, in seconds from the beginning of the spoken text. */
export interface Segment {
  /** Its name in the CMU phone set, such as "aa"; "pau" is a pause. */
  readonly phone: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export const PAUSE = 'pau';

/** Reads what Flite prints with -psdur: each segment as "name:end" in seconds, in order. */
export function readSegments(printed: string): readonly Segment[] {
  const segments: Segment[] = [];
  let startSeconds = 0;
  for (const entry of printed.trim().split(' ')) {
    const [phone = '', end] = entry.split(':');
    const endSeconds = Number(end);
    if (!Number.isFinite(endSeconds)) throw new Error(`not a segment of Flite: ${entry.slice(0, 40)}`);
    segments.push({ phone, startSeconds, endSeconds });
    startSeconds = endSeconds;
  }
  return segments;
}

/** Reads what Flite prints with -ps: the phones between two pauses. */
export function readPhones(printed: string): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let isPause = true;
  for (const phone of printed.trim().split(' ')) {
    if (phone !== PAUSE && isPause) groups.push([]);
    isPause = phone === PAUSE;
    if (!isPause && phone !== '') groups.at(-1)?.push(phone);
  }
  return groups;
}
