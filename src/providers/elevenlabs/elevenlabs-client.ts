import { z } from 'zod';
import type { AppError } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import type { Refusal } from '../http/refusals.ts';
import { ServiceClient } from '../http/service-client.ts';
import { unknownVoice } from '../voices/voice-errors.ts';

/** https://elevenlabs.io/docs/api-reference/authentication and /docs/developers/resources/error-messages */
export function elevenlabsClient(settings: ServiceSettings): ServiceClient {
  return new ServiceClient({
    service: 'ELEVENLABS',
    baseUrl: settings.baseUrl ?? 'https://api.elevenlabs.io',
    headers: { 'xi-api-key': settings.apiKey ?? '' },
    timeoutMs: settings.timeoutMs,
    rules: {
      quotaExceeded: ['quota_exceeded', 'insufficient_credits'],
      invalidKey: ['invalid_api_key', 'missing_permissions', 'needs_authorization', 'detected_unusual_activity'],
      contentRejected: ['content_against_policy', 'content_blocked'],
    },
    refused: meaningOf,
  });
}

const voiceProblem = z.object({
  detail: z.union([
    z.object({ status: z.enum(['voice_not_found', 'voice_does_not_exist']) }),
    z.object({ code: z.enum(['voice_not_found', 'voice_does_not_exist']) }),
  ]),
});

function meaningOf(refusal: Refusal): AppError | Refusal {
  try {
    if (voiceProblem.safeParse(JSON.parse(refusal.body.slice(0, 10_000))).success) return unknownVoice('ELEVENLABS');
  } catch {
    // Not JSON: the status says enough.
  }
  return refusal;
}
