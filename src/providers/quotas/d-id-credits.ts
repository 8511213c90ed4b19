import { z } from 'zod';
import type { ServiceSettings } from '../../service-settings.ts';
import { ServiceClient } from '../http/service-client.ts';

/** More than any account has. */
const MOST_CREDITS = 1e9;
const credits = z.object({
  remaining: z.number().min(-MOST_CREDITS).max(MOST_CREDITS),
  total: z.number().nonnegative().max(MOST_CREDITS),
});

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
