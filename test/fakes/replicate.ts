import { z } from 'zod';
import type { FakeHandler, FakeReply, ReceivedRequest } from './fake-service.ts';
import { pictureOf } from './pictures.ts';

/** The input of black-forest-labs/flux-schnell, shortened, as its version's `openapi_schema` describes it. */
export const FLUX_SCHEMA = {
  openapi: '3.0.2',
  info: { title: 'Cog', version: '0.1.0' },
  components: {
    schemas: {
      Input: {
        type: 'object',
        required: ['prompt'],
        properties: {
          prompt: { type: 'string', title: 'Prompt', 'x-order': 0 },
          aspect_ratio: { allOf: [{ $ref: '#/components/schemas/aspect_ratio' }], default: '1:1', 'x-order': 1 },
          num_outputs: { type: 'integer', default: 1, minimum: 1, maximum: 4, 'x-order': 2 },
          seed: { type: 'integer', title: 'Seed', 'x-order': 4 },
          output_format: { allOf: [{ $ref: '#/components/schemas/output_format' }], default: 'webp', 'x-order': 5 },
        },
      },
      aspect_ratio: { type: 'string', enum: ['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '9:16', '9:21'] },
      output_format: { type: 'string', enum: ['webp', 'jpg', 'png'] },
    },
  },
};

/** `models.get` of an official model: https://replicate.com/docs/reference/http#models.get. */
export const FLUX_MODEL = {
  owner: 'black-forest-labs',
  name: 'flux-schnell',
  is_official: true,
  latest_version: {
    id: 'c846a69991daf4c0e5d016514849d14ee5b2e6846ce6b9d6f21369e564cfe51e',
    openapi_schema: FLUX_SCHEMA,
  },
};

const input = z.strictObject({
  prompt: z.string().min(1),
  aspect_ratio: z.enum(FLUX_SCHEMA.components.schemas.aspect_ratio.enum),
  num_outputs: z.literal(1),
  output_format: z.enum(FLUX_SCHEMA.components.schemas.output_format.enum),
});
/** `predictions.create` takes official models by their name. */
const creation = z.strictObject({ version: z.literal('black-forest-labs/flux-schnell'), input });

export const ID = 'gm3qorzdhgbfurvjtvhg6dckhu';

/** A prediction in a state. `host` is where its file is. */
export function predictionOf(status: string, more: object = {}) {
  return {
    id: ID,
    model: 'black-forest-labs/flux-schnell',
    version: 'hidden',
    input: {},
    logs: '',
    output: null,
    error: null,
    status,
    created_at: '2026-11-30T12:00:00.000Z',
    data_removed: false,
    urls: {
      cancel: `https://api.replicate.com/v1/predictions/${ID}/cancel`,
      get: `https://api.replicate.com/v1/predictions/${ID}`,
    },
    ...more,
  };
}

/** A prediction that has succeeded, with its file on the fake itself. */
export function succeeded({ headers }: Pick<ReceivedRequest, 'headers'>) {
  return predictionOf('succeeded', {
    output: [`http://${headers['host']}/files/out-0.jpg`],
    metrics: { predict_time: 0.652, total_time: 0.7 },
  });
}

/** Replicate with a base URL that ends in /v1 (https://replicate.com/docs/reference/http); its files are beside it. */
export const replicate: FakeHandler = async (request) => {
  const { method, path, headers } = request;
  if (method === 'GET' && path === '/files/out-0.jpg') {
    if (headers['authorization'] !== undefined) throw new Error('a key for a file');
    return { headers: { 'content-type': 'image/jpeg' }, body: await pictureOf('jpeg') };
  }
  if (!headers['authorization']?.startsWith('Bearer ')) throw new Error('no key');
  return api(request);
};

function api(request: ReceivedRequest): FakeReply {
  const { method, path } = request;
  switch (`${method} ${path}`) {
    case 'GET /v1/models/black-forest-labs/flux-schnell':
      return { body: FLUX_MODEL };
    case 'POST /v1/predictions':
      creation.parse(request.json());
      return { status: 201, body: predictionOf('starting') };
    case `GET /v1/predictions/${ID}`:
      return { body: succeeded(request) };
    case `POST /v1/predictions/${ID}/cancel`:
      return { body: predictionOf('canceled') };
    default:
      throw new Error(`no endpoint: ${method} ${path}`);
  }
}
