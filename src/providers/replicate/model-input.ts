import { z } from 'zod';
import { nearestAspect, type PictureRequest, picturePrompt } from '../pictures/picture-request.ts';

const choices = z
  .array(z.union([z.string(), z.number()]))
  .optional()
  .catch(undefined);
const bound = z.number().optional().catch(undefined);
const reference = z.looseObject({ $ref: z.string().optional().catch(undefined), enum: choices });
const property = reference.extend({
  allOf: z.array(reference).optional().catch(undefined),
  minimum: bound,
  maximum: bound,
});
type Property = z.infer<typeof property>;

/** What a model takes, as OpenAPI describes it: `Input` is the input, and choices are often schemas of their own. */
const openApi = z.looseObject({
  components: z.looseObject({
    schemas: z.looseObject({ Input: z.looseObject({ properties: z.record(z.string(), property) }) }),
  }),
});

export type ModelInput = Readonly<Record<string, string | number>>;

const LONGEST_PROMPT = 2_000;
/** Formats by preference: a photograph as JPEG is sent soonest. */
const FORMATS = ['jpg', 'jpeg', 'png', 'webp'];
/** Most models are trained with pictures of about one megapixel, with sides that are multiples of 64. */
const PIXELS = 1_024 * 1_024;
const STEP = 64;

/**
 * The input of a model for a picture. Models differ: only what this one describes is sent, and of its choices the best. Without
 * a description it gets the prompt alone.
 */
export function modelInput(description: unknown, request: PictureRequest): ModelInput {
  const parsed = openApi.safeParse(description);
  if (!parsed.success) return { prompt: promptOf(request, false).prompt };
  const { schemas } = parsed.data.components;
  const { properties } = schemas.Input;
  const { prompt, negative } = promptOf(request, 'negative_prompt' in properties);
  const choicesOf = (name: string) => choicesIn(properties[name], schemas);
  const format = FORMATS.find((one) => choicesOf('output_format').includes(one));
  return {
    prompt,
    ...(negative === '' ? {} : { negative_prompt: negative }),
    ...shapeFor(request, properties, choicesOf),
    ...(format === undefined ? {} : { output_format: format }),
    // By default some models draw four.
    ...('num_outputs' in properties ? { num_outputs: 1 } : {}),
  };
}

function promptOf(request: PictureRequest, hasNegative: boolean) {
  return picturePrompt(request, { longest: LONGEST_PROMPT, hasNegative });
}

type Choice = string | number;

/** The choices of a property: its own, or those of the schema that it refers to. */
function choicesIn(wanted: Property | undefined, schemas: Readonly<Record<string, unknown>>): readonly Choice[] {
  if (wanted === undefined) return [];
  for (const { $ref, enum: own } of [wanted, ...(wanted.allOf ?? [])]) {
    if (own !== undefined) return own;
    const name = $ref?.startsWith('#/components/schemas/') === true ? $ref.slice($ref.lastIndexOf('/') + 1) : undefined;
    const found = name === undefined ? undefined : reference.safeParse(schemas[name]).data?.enum;
    if (found !== undefined) return found;
  }
  return [];
}

function shapeFor(
  request: PictureRequest,
  { width: across, height: down }: Readonly<Record<string, Property>>,
  choicesOf: (name: string) => readonly Choice[],
): ModelInput {
  const [first, ...rest] = choicesOf('aspect_ratio').filter((one) => /^\d{1,2}:\d{1,2}$/.test(String(one)));
  if (first !== undefined) return { aspect_ratio: nearestAspect(request, [String(first), ...rest.map(String)]) };
  if (across === undefined || down === undefined) return {};
  const shape = request.width / request.height;
  return {
    width: sideFor(Math.sqrt(PIXELS * shape), across, choicesOf('width')),
    height: sideFor(Math.sqrt(PIXELS / shape), down, choicesOf('height')),
  };
}

function sideFor(wanted: number, { minimum, maximum }: Property, offered: readonly Choice[]): number {
  const [first, ...rest] = offered.map(Number).filter((side) => side > 0);
  if (first !== undefined) {
    const distance = (side: number) => Math.abs(Math.log(side / wanted));
    return rest.reduce((best, side) => (distance(side) < distance(best) ? side : best), first);
  }
  const side = Math.max(STEP, Math.round(wanted / STEP) * STEP);
  return Math.min(maximum ?? side, Math.max(minimum ?? side, side));
}
