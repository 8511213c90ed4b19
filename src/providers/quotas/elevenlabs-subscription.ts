import { z } from 'zod';
import type { ServiceSettings } from '../../service-settings.ts';
import { elevenlabsClient } from '../elevenlabs/elevenlabs-client.ts';

/** https://elevenlabs.io/docs/api-reference/user/subscription/get. The key needs the permission user_read. */
/** More than any plan has. */
const MAX_CHARACTERS = 1e12;
/** The year 2100. */
const LAST_SECOND = 4_102_444_800;

const subscription = z.object({
  character_count: z.number().nonnegative().max(MAX_CHARACTERS),
  character_limit: z.number().nonnegative().max(MAX_CHARACTERS),
  /** Seconds; one that is no time of this century is left out. */
  next_character_count_reset_unix: z.number().nonnegative().max(LAST_SECOND).nullish().catch(null),
});

/** The characters of the subscription's period; a plan may allow more than its limit, and bills that. */
export async function elevenlabsSubscription(settings: ServiceSettings, signal: AbortSignal) {
  const request = { method: 'GET', path: '/v1/user/subscription', signal } as const;
  const answer = await elevenlabsClient(settings).json(request, subscription);
  const { character_count: used, character_limit: total, next_character_count_reset_unix: reset } = answer;
  return { used, total, resetAt: reset == null ? null : new Date(reset * 1_000) };
}
