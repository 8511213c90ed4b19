import type { Statement } from '../../db/prepared.ts';
import type { AiGeneration } from '../../entities/ai-generation.ts';
import type { AttemptState } from '../../entities/enums.ts';

/** A generation as clients see it. */
export type GenerationView = Pick<
  AiGeneration,
  | 'id'
  | 'type'
  | 'provider'
  | 'model'
  | 'prompt'
  | 'parameters'
  | 'status'
  | 'tokensUsed'
  | 'processingTimeMs'
  | 'cost'
  | 'cached'
  | 'errorCode'
  | 'errorMessage'
  | 'createdAt'
  | 'completedAt'
> & {
  /** Its result, where that is a plain text. */
  readonly text: string | null;
  /** Where its result is stored, if that is a file. */
  readonly fileKey: string | null;
};

export interface AttemptView {
  readonly generationId: string;
  readonly provider: string;
  readonly model: string | null;
  readonly state: AttemptState;
  readonly errorCode: string | null;
  readonly latencyMs: number | null;
  readonly ownKey: boolean;
  readonly cost: string;
  readonly at: Date;
}

/** Whose generations a list holds: those of a user, or those of a video. */
export type GenerationScope = 'user_id' | 'video_id';

/** Of `ai_generations as g`. A recording has its key below `audio`, a picture at the top. */
const COLUMNS = `g.id, g.type, g.provider, g.model, g.prompt, g.parameters, g.status, g.tokens_used as "tokensUsed",
  g.processing_time_ms as "processingTimeMs", g.cost, g.cached, g.error_code as "errorCode", g.error_message as "errorMessage",
  g.created_at as "createdAt", g.completed_at as "completedAt",
  case g.status when 'COMPLETED' then g.result ->> 'text' end as text,
  case g.status when 'COMPLETED' then coalesce(g.result -> 'audio' ->> 'key', g.result ->> 'key') end as "fileKey"`;

/** $1 is the id, $2 the user whose it must be, or null. */
export const GENERATION: Statement = {
  name: 'generation',
  text: `select ${COLUMNS} from ai_generations g where g.id = $1 and ($2::uuid is null or g.user_id = $2)`,
};

/** Finds a generation whose content is stored. */
export const KEPT_GENERATION: Statement = {
  name: 'kept_generation',
  text: 'select id from ai_generations where id = $1 and result is not null',
};

/**
 * The same page of several lists, newest first. $1 are the users or videos, $2 the types, $3 and $4 the time and the id that the
 * rows are before, $5 the number of rows. Without a name: PostgreSQL has to know the number to choose its plan.
 */
export function pagesOf(scope: GenerationScope): Statement {
  const page = `select g.* from ai_generations g
      where g.${scope} = asked.id and g.type = any($2::text[]) and (g.created_at, g.id) < ($3::timestamptz, $4::uuid)
      order by g.created_at desc, g.id desc limit $5`;
  return {
    name: undefined,
    text: `select asked.id as "ofId", ${COLUMNS} from unnest($1::uuid[]) as asked (id) cross join lateral (${page}) g
      order by g.created_at desc, g.id desc`,
  };
}

/** $1 are the users or videos, $2 the types. */
export function countsOf(scope: GenerationScope): Statement {
  return {
    name: `generation_counts_${scope}`,
    text: `select ${scope} as "ofId", count(*) as count from ai_generations
      where ${scope} = any($1::uuid[]) and type = any($2::text[]) group by ${scope}`,
  };
}

/** The attempts of the generations $1, in the order in which they were sent. */
export const ATTEMPTS: Statement = {
  name: 'generation_attempts',
  text: `select generation_id as "generationId", provider, model, state, error_code as "errorCode", latency_ms as "latencyMs", own_key as "ownKey", cost,
      sent_at as at
    from generation_attempts where generation_id = any($1::uuid[]) order by sent_at, id`,
};

export interface VideoCost {
  /** Decimals of US dollars. */
  readonly reserved: string;
  readonly spent: string;
  readonly limit: string | null;
}

/** Of the videos $1. */
export const COSTS: Statement = {
  name: 'video_costs',
  text: `select v.id, v.max_cost as "limit", sums.reserved, sums.spent
    from videos v cross join lateral (
      select coalesce(sum(attempt.reserved), 0)::numeric(14,4) as reserved, coalesce(sum(attempt.cost), 0)::numeric(14,4) as spent
      from ai_generations g join generation_attempts attempt on attempt.generation_id = g.id where g.video_id = v.id
    ) sums
    where v.id = any($1::uuid[])`,
};
