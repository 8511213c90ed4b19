import { z } from 'zod';
import type { ServiceSettings } from '../../service-settings.ts';
import { ServiceClient } from '../http/service-client.ts';

const balance = z.object({ credits: z.number().max(1e9) });

/** The credits that are left, in fractions too: https://platform.stability.ai/docs/api-reference#tag/v1user/operation/userBalance */
export async function stabilityBalance({ apiKey, baseUrl, timeoutMs }: ServiceSettings, signal: AbortSignal) {
  const client = new ServiceClient({
    service: 'STABILITY',
    baseUrl: baseUrl ?? 'https://api.stability.ai',
    headers: { authorization: `Bearer ${apiKey}` },
    timeoutMs,
  });
  const { credits } = await client.json({ method: 'GET', path: '/v1/user/balance', signal }, balance);
  return { balance: credits };
}
