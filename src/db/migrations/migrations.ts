import { Migration0001Beginning } from './0001-beginning.ts';
import { Migration0002DurableJobs } from './0002-durable-jobs.ts';
import { Migration0003QueueOperations } from './0003-queue-operations.ts';
import { Migration0004Ledger } from './0004-ledger.ts';
import { Migration0005ScheduledTasks } from './0005-scheduled-tasks.ts';
import { Migration0006QueueDepth } from './0006-queue-depth.ts';
import { Migration0007Reads } from './0007-reads.ts';
import { Migration0008Refusals } from './0008-refusals.ts';
import { Migration0009WordBeginnings } from './0009-word-beginnings.ts';
import { Migration0010PlannedOnce } from './0010-planned-once.ts';
import { Migration0011FoldedSearch } from './0011-folded-search.ts';
import { Migration0012OutboxSenders } from './0012-outbox-senders.ts';
import { Migration0013NoRefusals } from './0013-no-refusals.ts';
import { Migration0014CaptionStyle } from './0014-caption-style.ts';
import { Migration0015Generations } from './0015-generations.ts';
import { Migration0016DirectGenerations } from './0016-direct-generations.ts';
import { Migration0017Presenters } from './0017-presenters.ts';
import { Migration0018ServiceQuotas } from './0018-service-quotas.ts';
import { Migration0019ProviderKeys } from './0019-provider-keys.ts';
import { Migration0020ContentCache } from './0020-content-cache.ts';
import { Migration0021AuditLog } from './0021-audit-log.ts';
import { Migration0022Accounts } from './0022-accounts.ts';

/** In the order in which they are applied; a released migration never changes. */
export const migrations = [
  { name: '0001-beginning', class: Migration0001Beginning },
  { name: '0002-durable-jobs', class: Migration0002DurableJobs },
  { name: '0003-queue-operations', class: Migration0003QueueOperations },
  { name: '0004-ledger', class: Migration0004Ledger },
  { name: '0005-scheduled-tasks', class: Migration0005ScheduledTasks },
  { name: '0006-queue-depth', class: Migration0006QueueDepth },
  { name: '0007-reads', class: Migration0007Reads },
  { name: '0008-refusals', class: Migration0008Refusals },
  { name: '0009-word-beginnings', class: Migration0009WordBeginnings },
  { name: '0010-planned-once', class: Migration0010PlannedOnce },
  { name: '0011-folded-search', class: Migration0011FoldedSearch },
  { name: '0012-outbox-senders', class: Migration0012OutboxSenders },
  { name: '0013-no-refusals', class: Migration0013NoRefusals },
  { name: '0014-caption-style', class: Migration0014CaptionStyle },
  { name: '0015-generations', class: Migration0015Generations },
  { name: '0016-direct-generations', class: Migration0016DirectGenerations },
  { name: '0017-presenters', class: Migration0017Presenters },
  { name: '0018-service-quotas', class: Migration0018ServiceQuotas },
  { name: '0019-provider-keys', class: Migration0019ProviderKeys },
  { name: '0020-content-cache', class: Migration0020ContentCache },
  { name: '0021-audit-log', class: Migration0021AuditLog },
  { name: '0022-accounts', class: Migration0022Accounts },
];
