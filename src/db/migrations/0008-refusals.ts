import { Migration } from '@mikro-orm/migrations';

/** A statement that exceeds a quota can raise an error, so that it needs no transaction around it. */
export class Migration0008Refusals extends Migration {
  override up(): void {
    this.addSql(
      `create function refuse_quota(period text, most bigint, resets_at numeric) returns bigint language plpgsql as $$
        begin
          raise exception 'The quota is used up.' using errcode = 'AV001',
            detail = json_build_object('period', period, 'most', most, 'resets_at', resets_at)::text;
        end $$`,
    );
  }
}
