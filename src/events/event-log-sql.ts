import type { Statement } from '../db/prepared.ts';

/** Property names of an event as column aliases, since the driver returns columns by their names. */
const COLUMNS = `e.owner_id as "ownerId", e.seq, e.video_id as "videoId", e.run, e.status, e.stage, e.stage_status as "stageStatus",
  e.progress, e.message, e.scene_index as "sceneIndex", e.scene_count as "sceneCount", e.eta_seconds as "etaSeconds",
  e.cost_spent as "costSpent", e.error, e.at`;

/** The events after each of several positions, of an owner or of one video; one index access for each. */
const after = (name: string, column: 'owner_id' | 'video_id'): Statement => ({
  name,
  text: `
    select place.number, ${COLUMNS} from unnest($1::uuid[], $2::bigint[]) with ordinality as place (id, seq, number)
    cross join lateral (
      select * from video_events where ${column} = place.id and seq > place.seq order by seq limit $3
    ) as e order by place.number, e.seq`,
});
export const AFTER_OF_OWNER = after('events_of_owners', 'owner_id');
export const AFTER_OF_VIDEO = after('events_of_videos', 'video_id');
const newest = (name: string, column: 'owner_id' | 'video_id'): Statement => ({
  name,
  text: `select ${COLUMNS} from video_events as e where e.${column} = $1 order by e.seq desc limit 1`,
});
export const NEWEST_OF_OWNER = newest('newest_event_of_owner', 'owner_id');
export const NEWEST_OF_VIDEO = newest('newest_event_of_video', 'video_id');
export const OLDEST_OF_VIDEO: Statement = {
  name: 'oldest_event_of_video',
  text: 'select min(seq) as seq from video_events where video_id = $1',
};
/** The newest number of an owner that was assigned, and the one up to which old events may have been removed. */
export const BOUNDS: Statement = {
  name: 'event_bounds',
  text: 'select last_seq as "lastSeq", pruned_through as "prunedThrough" from event_cursors where owner_id = $1',
};
