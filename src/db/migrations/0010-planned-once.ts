import { Migration } from '@mikro-orm/migrations';

/**
 * The words of a video in a language whose functions are planned once per connection. As SQL functions, PostgreSQL parsed and planned
 * this one and the two in it again for each statement that adds a video: a fifth of the cost of accepting one.
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
