import { z } from 'zod';

export const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** A blank setting counts as omitted, as in `REDIS_URL=` of a copied .env file; as a number it would be 0. */
export const blankAsMissing = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema);

export const dataDirSetting = z.string().default('.autovideo');
