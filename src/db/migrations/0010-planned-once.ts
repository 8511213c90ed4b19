import { Migration } from '@mikro-orm/migrations';

/**
 * The words of a video by a language whose functions are planned once on each connection. In SQL, PostgreSQL parsed and planned
 * this one and the two in it anew for each statement that adds a video: a fifth of what it cost to accept one.
 */
export class Migration0010PlannedOnce extends Migration {
  override up(): void {
    this.addSql(
      `create or replace function search_vector(title text, description text) returns tsvector language plpgsql immutable parallel safe as $$
        begin
          return array_to_tsvector(array_remove(string_to_array(
            search_pairs(search_parted(title || ' ' || coalesce(description, ''))), ' '), ''));
        end $$`,
    );
  }
}
