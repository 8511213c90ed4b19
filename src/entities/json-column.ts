import { JsonType, type Platform, type TransformContext } from '@mikro-orm/core';
import { z } from 'zod';
import { AppError } from '../errors.ts';

/** A JSON column, as `p.json<T>().type(new JsonColumn(schema))`: its value is parsed when an entity is loaded. */
export class JsonColumn<T> extends JsonType {
  /** The ORM copies types with their properties: a private field would be lost, and a schema copied deeply. */
  private readonly parse: (json: unknown, column: string) => T;

  constructor(schema: z.ZodType<T>) {
    super();
    this.parse = (json, column) => parseJson(schema, json, column);
  }

  override convertToJSValue(value: unknown, platform: Platform, context?: TransformContext): unknown {
    const json: unknown = super.convertToJSValue(value, platform, context);
    return json == null ? json : this.parse(json, this.prop?.fieldNames[0] ?? 'of an entity');
  }
}

/** The value of a JSON column, for reads that load no entities. Throws DATABASE_ERROR, which names the column, where it does not fit. */
export function parseJson<T>(schema: z.ZodType<T>, value: unknown, column: string): T {
  const { data, error } = schema.safeParse(value);
  if (!error) return data;
  throw new AppError('DATABASE_ERROR', `The JSON column ${column} has an unknown form: ${z.prettifyError(error)}`, {
    cause: error,
  });
}
