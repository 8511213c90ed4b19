import { Migration } from '@mikro-orm/migrations';

/**
 * The extension whose view shows slow statements, where our role may create it: in the container of docker-compose.yml and at some hosts.
 * Elsewhere `databaseDiagnostics` says what an operator has to do. It counts only where the server has loaded its library.
 */
export class Migration0031CountedStatements extends Migration {
  override up(): void {
    this.addSql(statement);
  }
}

const statement = `do $$ begin
  create extension if not exists pg_stat_statements;
exception
  -- The last two: the server has not got it.
  when insufficient_privilege or feature_not_supported or undefined_file then null;
end $$`;
