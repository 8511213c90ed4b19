/** The answer of the sides in memory: a page of videos, and their owners. */

export interface Owner {
  /** UUID. */
  readonly id: string;
  readonly username: string;
}

export interface Row {
  /** UUID. */
  readonly id: string;
  readonly title: string;
  readonly owner: Owner;
}

const OWNERS = 7;
const VIDEOS = 20;
const uuid = (number: number) => `019a0000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** The user of all tokens of the sides in memory. */
export const READER: Owner = { id: uuid(1), username: 'me' };

export function rowsInMemory(): Row[] {
  const owners = Array.from({ length: OWNERS }, (_, index) => ({
    id: uuid(1_000 + index),
    username: `owner-${index}`,
  }));
  return Array.from({ length: VIDEOS }, (_, index) => ({
    id: uuid(2_000 + index),
    title: `Video number ${index}, about bees`,
    owner: owners[index % OWNERS] ?? READER,
  }));
}
