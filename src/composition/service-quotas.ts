import type { Database } from '../db/database.ts';
import { nowOf } from '../db/orm.ts';
import type { ExternalService } from '../errors.ts';
import { dIdCredits } from '../providers/quotas/d-id-credits.ts';
import { elevenlabsSubscription } from '../providers/quotas/elevenlabs-subscription.ts';
import { stabilityBalance } from '../providers/quotas/stability-balance.ts';
import type { AllServiceSettings, ServiceSettings } from '../service-settings.ts';
import { quotaPeriod } from '../services/quotas/quota-periods.ts';
import { countedQuota, type QuotaSource } from '../services/quotas/service-quota.service.ts';
import { type CountYoutubeCalls, youtubeQuotas } from '../services/quotas/youtube-quotas.ts';

type SourceOf = (settings: ServiceSettings, db: Database) => QuotaSource;

/** The services whose quota is known, or counted. */
const SOURCES: Readonly<Partial<Record<ExternalService, SourceOf>>> = {
  GEMINI: ({ name, dailyQuota }, db) => countedQuota(db, name, dailyQuota),
  ELEVENLABS: (settings) => ({
    service: settings.name,
    read: (signal) => elevenlabsSubscription(settings, signal),
  }),
  STABILITY: (settings) => ({ service: settings.name, read: (signal) => stabilityBalance(settings, signal) }),
  D_ID: (settings, db) => ({
    service: settings.name,
    async read(signal) {
      const { resetsAt: resetAt } = quotaPeriod('MONTHLY_UTC', await nowOf(db.em()));
      return { ...(await dIdCredits(settings, signal)), resetAt };
    },
  }),
};

/**
 * How the quotas of the configured services are found out. YouTube is configured where its calls are counted; nothing publishes yet, so
 * that its quotas are not shown.
 */
export function quotaSourcesOf(
  services: AllServiceSettings,
  db: Database,
  countYoutubeCalls?: CountYoutubeCalls,
): QuotaSource[] {
  const ofContent = Object.values(services)
    .filter(({ configured }) => configured)
    .flatMap((settings) => SOURCES[settings.service]?.(settings, db) ?? []);
  return [...ofContent, ...(countYoutubeCalls ? youtubeQuotas(db, countYoutubeCalls) : [])];
}
