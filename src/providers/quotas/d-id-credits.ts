import { z } from 'zod';
import type { ServiceSettings } from '../../service-settings.ts';
import { ServiceClient } from '../http/service-client.ts';

const credits = z.object({ remaining: z.number(), total: z.number().nonnegative() });

/** https://docs.d-id.com/reference/get-credits: sums over all that the account has. The key is sent as the studio shows it. */
export async function dIdCredits({ apiKey, baseUrl, timeoutMs }: ServiceSettings, signal: AbortSignal) {
  const client = new ServiceClient({
    service: 'D_ID',
    baseUrl: baseUrl ?? 'https://api.d-id.com',
    headers: { authorization: `Basic ${apiKey}` },
    timeoutMs,
  });
  const { remaining, total } = await client.json({ method: 'GET', path: '/credits', signal }, credits);
  return { used: Math.max(0, total - remaining), total };
}
