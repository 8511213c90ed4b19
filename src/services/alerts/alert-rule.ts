import type { AlertDetails } from '../../entities/alert.ts';
import type { AlertPriority } from '../../entities/enums.ts';
import type { AlertReadings } from './alert-readings.ts';

/** What makes a rule fire, once for each service that it concerns. */
export interface AlertCause {
  /** A provider, or a part of the installation. */
  readonly service: string;
  /** That of the rule where left out. */
  readonly errorCode?: string | null;
  /** A sentence with the figures. */
  readonly message: string;
  /** That of the rule where left out. */
  readonly actionRequired?: string;
  readonly details?: AlertDetails;
}

/** None where all is well; undefined where nothing was read, so that nothing changes. */
export type Causes = readonly AlertCause[] | undefined;

export type AlertLogLevel = 'error' | 'warn' | 'info';

export interface AlertRule {
  /** Lower-case words with hyphens. */
  readonly name: string;
  readonly priority: AlertPriority;
  /** Null where no error belongs to it; an alert of a service may have that of the service. */
  readonly errorCode: string | null;
  /** What raises it, with its threshold; for docs/operations/alerts.md. */
  readonly when: string;
  /** 0 means at once. */
  readonly respondWithinMinutes: number;
  readonly logLevel: AlertLogLevel;
  /** What the operator does first. */
  readonly actionRequired: string;
  /** Under docs/operations; alerts.md where left out. */
  readonly page?: string;
  readonly causes: (readings: AlertReadings) => Causes;
}

/** The page of the rule, under docs/operations. Those of P0 have a paragraph in alerts.md where they have no page of their own. */
export function pageOf({ name, priority, page }: AlertRule): string {
  return page ?? (priority === 'P0' ? `alerts.md#${name}` : 'alerts.md');
}
