import { Gauge, type Registry } from 'prom-client';
import type { PoolCounts } from './pool-facts.ts';

/** The label `service` of metrics whose names other programs share. */
export const SERVICE = 'autovideo';

/** What is open in this process at the scrape. */
export interface ProcessGaugePorts {
  connections(): number;
  subscriptions(): number;
  pool(): Promise<PoolCounts>;
  onFault(thrown: unknown): void;
}

/** Of processes that share a port, the sum counts. */
export function serveProcessGauges(registry: Registry, ports: ProcessGaugePorts): void {
  const registers = [registry];
  new Gauge({
    name: 'active_connections',
    help: 'Requests that are being answered, event streams and WebSockets.',
    labelNames: ['service'],
    registers,
    collect() {
      this.set({ service: SERVICE }, ports.connections());
    },
  });
  new Gauge({
    name: 'active_subscriptions',
    help: 'GraphQL subscriptions that are open.',
    registers,
    collect() {
      this.set(ports.subscriptions());
    },
  });
  new Gauge({
    name: 'database_pool_connections',
    help: 'Connections to PostgreSQL: open (total), idle and at most (max); and callers that wait for one (waiting).',
    labelNames: ['state'],
    registers,
    async collect() {
      await ports.pool().then(
        (counts) => {
          for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
        },
        (thrown: unknown) => ports.onFault(thrown),
      );
    },
  });
}
