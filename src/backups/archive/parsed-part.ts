import type { z } from 'zod';
import { damagedArchive } from './archive-error.ts';

/** A part of an archive that is JSON. Throws INVALID_INPUT for anything else: an archive without a key may be made by anyone. */
export function parsedPart<Part>(bytes: Buffer, schema: z.ZodType<Part>): Part {
  try {
    return schema.parse(JSON.parse(bytes.toString()));
  } catch (thrown) {
    throw damagedArchive(thrown);
  }
}
