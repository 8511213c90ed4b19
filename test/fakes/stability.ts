import { z } from 'zod';
import type { FakeHandler } from './fake-service.ts';
import { pictureOf } from './pictures.ts';

/** https://platform.stability.ai/docs/api-reference#tag/Generate: fields of multipart/form-data. */
const shared = {
  prompt: z.string().min(1).max(10_000),
  negative_prompt: z.string().min(1).max(10_000).optional(),
  aspect_ratio: z.enum(['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21']),
  seed: z.string().optional(),
};
const quick = ['sd3.5-large-turbo', 'sd3.5-flash'];
const forms: Readonly<Record<string, z.ZodType>> = {
  core: z.strictObject({ ...shared, output_format: z.enum(['jpeg', 'png', 'webp']) }),
  ultra: z.strictObject({ ...shared, output_format: z.enum(['jpeg', 'png', 'webp']) }),
  sd3: z
    .strictObject({
      ...shared,
      output_format: z.enum(['jpeg', 'png']),
      model: z.enum(['sd3.5-large', 'sd3.5-medium', ...quick]),
    })
    .refine(({ model, negative_prompt }) => negative_prompt === undefined || !quick.includes(model)),
};

const PATH = /^\/v2beta\/stable-image\/generate\/(core|ultra|sd3)$/;

/** The fields of a form, read as a server reads them. */
export async function fieldsOf(body: Buffer, contentType: string | undefined): Promise<Record<string, unknown>> {
  if (!contentType?.startsWith('multipart/form-data; boundary=')) throw new Error(`no form: ${contentType}`);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  return Object.fromEntries(form);
}

export const stability: FakeHandler = async ({ method, path, headers, body }) => {
  // https://platform.stability.ai/docs/api-reference#tag/v1user/operation/userBalance
  if (method === 'GET' && path === '/v1/user/balance') {
    if (!headers['authorization']?.startsWith('Bearer ')) throw new Error('no key');
    return { body: { credits: 1_000 } };
  }
  const form = forms[PATH.exec(path)?.[1] ?? ''];
  if (method !== 'POST' || form === undefined) throw new Error(`no endpoint: ${method} ${path}`);
  if (!headers['authorization']?.startsWith('Bearer ')) throw new Error('no key');
  if (headers['accept'] !== 'image/*') throw new Error('the answer would be JSON');
  form.parse(await fieldsOf(body, headers['content-type']));
  return {
    headers: { 'content-type': 'image/jpeg', 'finish-reason': 'SUCCESS', seed: '343940597' },
    body: await pictureOf('jpeg'),
  };
};
