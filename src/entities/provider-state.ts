import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** What all processes share about a provider. One without a row is enabled and has a closed circuit. */
export const ProviderState = defineEntity({
  name: 'ProviderState',
  tableName: 'provider_states',
  properties: {
    name: p.string().length(60).primary(),
    /** False while an operator has disabled it. */
    enabled: p.boolean().default(true),
    /** In a row, since the last success. */
    failures: p.integer().default(0),
    /** The circuit is open until then, when a single call may find out whether it works again; null where it is closed. */
    retryAt: p.datetime(3).nullable(),
  },
});
export type ProviderState = InferEntity<typeof ProviderState>;
