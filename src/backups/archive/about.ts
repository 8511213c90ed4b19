import { z } from 'zod';
import { parsedPart } from './parsed-part.ts';

const about = z.object({
  /** The migrations that had been applied. */
  migrations: z.array(z.string()),
  /** The next value of each sequence of a column. */
  sequences: z.array(z.object({ table: z.string(), column: z.string(), next: z.number() })),
});

/** The state of the database that an archive holds; its first entry. */
export type About = z.infer<typeof about>;

/** Throws INVALID_INPUT for anything else. */
export function parseAbout(bytes: Buffer): About {
  return parsedPart(bytes, about);
}
