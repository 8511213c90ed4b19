import { z } from 'zod';
import { canSeeAllOwners, lastChangeFor, type Viewer } from '../../auth/viewer.ts';
import type { Reader } from '../../db/prepared.ts';
import { GenerationType, valuesOf } from '../../entities/enums.ts';
import { parseJson } from '../../entities/json-column.ts';
import { decodeCursor, encodeCursor, NEWEST_FIRST } from '../videos/list/video-order.ts';
import {
  ATTEMPTS,
  type AttemptView,
  COSTS,
  countsOf,
  GENERATION,
  type GenerationScope,
  type GenerationView,
  pagesOf,
  type VideoCost,
} from './generation-reads-sql.ts';

export interface GenerationQuery {
  /** 1 to 100, checked by the caller. */
  readonly first: number;
  readonly after?: string | null | undefined;
  /** All types by default. */
  readonly type?: GenerationType | null | undefined;
}

export interface GenerationPage {
  readonly rows: readonly GenerationView[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

interface Counted {
  readonly ofId: string;
  readonly count: number;
}

/** Before every row, for the first page: so that one statement serves all pages. */
const BEGINNING = { value: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
const NO_COST: VideoCost = { reserved: '0.0000', spent: '0.0000', limit: null };

const jsonColumns = z.object({ parameters: z.record(z.string(), z.union([z.string(), z.number()])) });

/**
 * Reads what providers have made, and what it cost. Each method is one statement, however many rows it gives. `lastChange` is that of
 * `Reader`; callers of methods with it have checked that the viewer may see what they ask for.
 */
export class GenerationReads {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Null where it does not exist for the viewer. */
  async find(viewer: Viewer, id: string): Promise<GenerationView | null> {
    const values = [id, canSeeAllOwners(viewer) ? null : viewer.userId];
    const [row] = await this.#reader.rows<GenerationView>(GENERATION, values, lastChangeFor(viewer));
    return row ? parsed(row) : null;
  }

  /** The same page, newest first, of the list of each user or video, in the order of the ids. Throws CURSOR_INVALID. */
  async pages(
    scope: GenerationScope,
    ids: readonly string[],
    { first, after, type }: GenerationQuery,
    lastChange?: number,
  ): Promise<GenerationPage[]> {
    const { value, id } = after == null ? BEGINNING : decodeCursor(NEWEST_FIRST, after);
    // One more row than requested shows whether there are more.
    const values = [ids, typesOf(type), value, id, first + 1];
    const rows = await this.#reader.rows<GenerationView & { ofId: string }>(pagesOf(scope), values, lastChange);
    const byId = Map.groupBy(rows, ({ ofId }) => ofId);
    return ids.map((ofId) => {
      const found = byId.get(ofId) ?? [];
      return {
        rows: found.slice(0, first).map(parsed),
        hasNextPage: found.length > first,
        hasPreviousPage: after != null,
      };
    });
  }

  /** The lengths of the same lists. */
  async counts(
    scope: GenerationScope,
    ids: readonly string[],
    type: GenerationQuery['type'],
    lastChange?: number,
  ): Promise<number[]> {
    const rows = await this.#reader.rows<Counted>(countsOf(scope), [ids, typesOf(type)], lastChange);
    const byId = new Map(rows.map(({ ofId, count }) => [ofId, count]));
    return ids.map((id) => byId.get(id) ?? 0);
  }

  /** Of each generation, in the order in which they were sent. */
  async attemptsOf(generationIds: readonly string[], lastChange?: number): Promise<AttemptView[][]> {
    const rows = await this.#reader.rows<AttemptView>(ATTEMPTS, [generationIds], lastChange);
    const byId = Map.groupBy(rows, ({ generationId }) => generationId);
    return generationIds.map((id) => byId.get(id) ?? []);
  }

  /** Of each video: sums of its attempts. */
  async costsOf(videoIds: readonly string[], lastChange?: number): Promise<VideoCost[]> {
    const rows = await this.#reader.rows<VideoCost & { id: string }>(COSTS, [videoIds], lastChange);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return videoIds.map((id) => byId.get(id) ?? NO_COST);
  }
}

/** The position of a row in its list. */
export function cursorOf({ id, createdAt }: GenerationView): string {
  return encodeCursor(NEWEST_FIRST, { id, createdAt });
}

function parsed(row: GenerationView): GenerationView {
  return { ...row, ...parseJson(jsonColumns, row, 'of a generation') };
}

function typesOf(type: GenerationQuery['type']): readonly GenerationType[] {
  return type == null ? valuesOf(GenerationType) : [type];
}
