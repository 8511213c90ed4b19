import { blankAsMissing, wholeNumber } from './setting-values.ts';

const most = (byDefault: number) => blankAsMissing(wholeNumber(1, 1_000_000).default(byDefault));

/** Settings that limit what clients may have open at once; see `ConnectionLimits` in src/server/connections/connection-limits.ts. */
export const connectionSettings = {
  SOCKETS_PER_USER: most(100),
  SOCKETS_PER_NETWORK: most(200),
  NEW_SOCKETS_PER_NETWORK: most(20),
  SUBSCRIPTIONS_PER_USER: most(500),
  SUBSCRIPTIONS_PER_NETWORK: most(1_000),
  CONNECTIONS_PER_NETWORK: most(1_000),
};

type ConnectionSettings = { readonly [Name in keyof typeof connectionSettings]: number };

export function connectionLimitsOf(settings: ConnectionSettings) {
  return Object.freeze({
    socketsPerUser: settings.SOCKETS_PER_USER,
    socketsPerNetwork: settings.SOCKETS_PER_NETWORK,
    newSocketsPerNetwork: settings.NEW_SOCKETS_PER_NETWORK,
    subscriptionsPerUser: settings.SUBSCRIPTIONS_PER_USER,
    subscriptionsPerNetwork: settings.SUBSCRIPTIONS_PER_NETWORK,
    connectionsPerNetwork: settings.CONNECTIONS_PER_NETWORK,
  });
}
