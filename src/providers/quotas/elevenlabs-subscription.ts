import { z } from 'zod';
import type { ServiceSettings } from '../../service-settings.ts';
import { elevenlabsClient } from '../elevenlabs/elevenlabs-client.ts';

/** https://elevenlabs.io/docs/api-reference/user/subscription/get. The key needs the permission user_read. */
const subscription = z.object({
  character_count: z.number().nonnegative(),
  character_limit: z.number().nonnegative(),
  next_character_count_reset_unix: z.number().nullish(),
});

/** The characters of the subscription's period; a plan may allow more than its limit, and bills that. */
export async function elevenlabsSubscription(settings: ServiceSettings, signal: AbortSignal) {
  const request = { method: 'GET', path: '/v1/user/subscription', signal } as const;
  const answer = await elevenlabsClient(settings).json(request, subscription);
  const { character_count: used, character_limit: total, next_character_count_reset_unix: reset } = answer;
  return { used, total, resetAt: reset == null ? null : new Date(reset * 1_000) };
}
