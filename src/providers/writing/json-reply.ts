import { z } from 'zod';

/** Longer replies than any limit of tokens allows are not read. UTF-16 units. */
const LONGEST = 1_000_000;
/** Faults that a repair names. */
const MOST_FAULTS = 8;

/** The instruction to reply in the form of a schema, for models that take no schema, or ignore it. */
export function inTheForm(schema: z.ZodType): string {
  return `Reply with one JSON object and nothing else: no Markdown and no explanation. It has the form of this JSON schema: ${jsonSchemaOf(schema)}`;
}

export function jsonSchemaOf(schema: z.ZodType): string {
  return JSON.stringify(z.toJSONSchema(schema));
}

/** An object in the form of the schema, or what is wrong with the reply, in sentences that hold nothing of it. */
export type Read<T> = { readonly value: T } | { readonly faults: readonly string[] };

/**
 * The object of a reply. A fence of Markdown around it, and words before and after it, are left out.
 */
export function readObject<T>(text: string, schema: z.ZodType<T>): Read<T> {
  const parsed = schema.safeParse(objectIn(text));
  if (parsed.success) return { value: parsed.data };
  const faults = parsed.error.issues.slice(0, MOST_FAULTS).map(({ path, message }) => {
    const place = path.map(String).join('.');
    return place === '' ? 'The reply is not one JSON object.' : `${place}: ${message}.`;
  });
  return { faults };
}

function objectIn(text: string): unknown {
  if (text.length > LONGEST) return undefined;
  return jsonIn(text) ?? jsonIn(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
