import type { ImageRequest } from '../../ports.ts';
import type { Beat } from './beats.ts';
import { type CardDesign, designLater } from './card-design.ts';
import { namesNothing } from './thing-to-see.ts';

/** Seconds. A ground is there for longer only where no beat begins meanwhile. */
const LONGEST_GROUND = 14;
/** Of the grounds of a scene on average, at most. */
const USUAL_GROUND = 12;
/** A shorter last one would only flash. */
const SHORTEST_GROUND = 4;
/** Seconds by which the end of a statement may be further away than the end of a clause and is still better. */
const TORN = 2;

/** A part of a scene with one ground. */
export interface SceneShot {
  readonly design: CardDesign;
  readonly beats: readonly Beat[];
  readonly startSeconds: number;
  /** Infinity for the last one. */
  readonly endSeconds: number;
}

/**
 * Divides a scene at beats into the parts that have a ground of their own: one, or in a long scene as many as none needs to
 * be there for longer than about 14 s. `design` is that of the first.
 */
export function shotsOf(request: ImageRequest, design: CardDesign, beats: readonly [Beat, ...Beat[]]): SceneShot[] {
  const groups = groupsOf(beats);
  const designs: [CardDesign, ...CardDesign[]] = [design];
  const isPlain = groups.length > 1 && namesNothing(request);
  for (const group of groups.slice(1)) {
    const [{ start }, last] = [group[0], group.at(-1) ?? group[0]];
    const text = request.narration.slice(start, last.start + last.text.length);
    designs.push(designLater(request, designs, { text, start, isPlain }));
  }
  return groups.map((group, index) => ({
    design: designs[index] ?? design,
    beats: group,
    startSeconds: index === 0 ? 0 : group[0].startSeconds,
    endSeconds: groups[index + 1]?.[0].startSeconds ?? Number.POSITIVE_INFINITY,
  }));
}

type Group = readonly [Beat, ...Beat[]];

/** Even groups of the beats, each of which begins as near as possible to where its share of the time that is left ends. */
function groupsOf(beats: Group): Group[] {
  const end = beats.at(-1)?.endSeconds ?? 0;
  const groups: Group[] = [];
  let [first, ...later]: Group = beats;
  for (;;) {
    const begin = groups.length === 0 ? 0 : first.startSeconds;
    const at = nextGround(later, begin, end);
    const next = later[at];
    if (next === undefined) return [...groups, [first, ...later]];
    groups.push([first, ...later.slice(0, at)]);
    [first, later] = [next, later.slice(at + 1)];
  }
}

/** The index of the beat with which the next ground begins; -1 if there is none. */
function nextGround(beats: readonly Beat[], begin: number, end: number): number {
  if (end - begin <= LONGEST_GROUND) return -1;
  const share = (end - begin) / Math.ceil((end - begin) / USUAL_GROUND);
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  for (const [index, { startSeconds, continues }] of beats.entries()) {
    const length = startSeconds - begin;
    if (length < SHORTEST_GROUND || end - startSeconds < SHORTEST_GROUND) continue;
    const tooLong = Math.max(0, length - LONGEST_GROUND);
    const cost = Math.abs(length - share) + (continues ? TORN : 0) + 2 * tooLong;
    if (cost < least) [best, least] = [index, cost];
  }
  return best;
}
