import { AppError } from '../errors.ts';
import { dIdCredits } from '../providers/quotas/d-id-credits.ts';
import type { AllServiceSettings } from '../service-settings.ts';
import type { ProviderTrial } from '../services/providers/provider-tests.ts';

/**
 * A request that costs nothing and shows whether connection and key work, for a service whose smallest content would take minutes:
 * D-ID says how much credit is left. Undefined for others. Nothing of it is in the ledger.
 */
export function keyCheckOf({ D_ID: settings }: AllServiceSettings, provider: string): ProviderTrial | undefined {
  if (provider !== settings.name || !settings.configured) return undefined;
  return {
    service: settings.service,
    request: { type: 'VIDEO', prompt: '', parameters: {} },
    async call(_ledger, _generationId, signal) {
      try {
        const { used, total } = await dIdCredits(settings, signal);
        return `${total - used} of ${total} credits are left`;
      } catch (thrown) {
        if (thrown instanceof AppError) return thrown;
        throw thrown;
      }
    },
  };
}
