import { Migration } from '@mikro-orm/migrations';

/**
 * What locks tables that are in use, after everything else of the same update: all migrations of an update are one transaction, which
 * keeps its locks to the end.
 */
export class Migration0029FiguresIndexes extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  // Finds the calls of a day.
  'create index "generation_attempts_sent_at_index" on "generation_attempts" ("sent_at")',
  // From here on no video is written.
  `alter table "video_processing_history" add constraint "video_processing_history_video_id_foreign"
    foreign key ("video_id") references "videos" ("id") on delete cascade not valid`,
  // Videos that were deleted while the history was filled.
  `delete from "video_processing_history" attempt
    where not exists (select from "videos" where "id" = attempt."video_id")`,
  'alter table "video_processing_history" validate constraint "video_processing_history_video_id_foreign"',
  // Found the ends of attempts in the event log.
  'drop index "video_events_ended_index"',
];
