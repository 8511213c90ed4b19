import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { Providers } from '../providers/ports.ts';
import { PriceTable } from '../providers/prices/price-table.ts';

/** Its calls would count as free, for the limit of a video too. */
export function warnOfMissingPrices(providers: Providers, prices: PriceTable, logger: Logger): void {
  const { text, speech, image, analysis, avatar = [] } = providers;
  const paid = [...text, ...speech, ...image, ...analysis, ...avatar].filter((provider) => provider.paid);
  for (const { name, models } of paid)
    if (!prices.knows(name, models[0] ?? ''))
      logger.warn(
        { provider: name, model: models[0] },
        'the price of this model is unknown, and counts as 0: set PRICES_FILE',
      );
}

/** What calls cost. In a build too the file lies in the folder of the package. */
export function pricesOf({ pricesFile }: Pick<Config, 'pricesFile'>): PriceTable {
  return PriceTable.read(join(dirname(findPackageJSON(import.meta.url) ?? ''), 'data', 'prices.json'), pricesFile);
}
