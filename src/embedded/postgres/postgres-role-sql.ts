import { DATABASE } from './postgres-cluster.ts';

/** The role of the program. The role that created the cluster is a superuser and is used only to set up this one. */
export const ROLE = 'autovideo_app';
/** There is no "create role if not exists": it fails where there is one. */
export const CREATE_ROLE = `create role ${ROLE}`;

/**
 * Statistics of all sessions, ending a session of this role, and maintenance of all tables: the operations available to
 * operators.
 */
const MEMBERSHIPS = 'pg_read_all_stats, pg_signal_backend, pg_maintain';

/**
 * Transfers the objects of clusters of earlier versions to the role: there the superuser created everything. Objects of
 * an extension keep their owner, and an index, a sequence of a column or a row type follows its table.
 */
const TAKE_OVER = `do $$
declare statement text;
begin
  for statement in
    select format('alter table %s owner to ${ROLE}', c.oid::regclass) from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and c.relowner = current_user::regrole
      and not exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'a', 'i'))
    union all
    select format('alter routine %s owner to ${ROLE}', p.oid::regprocedure) from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proowner = current_user::regrole
      and not exists (select from pg_depend d
        where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
    union all
    select format('alter type %s owner to ${ROLE}', t.oid::regtype) from pg_type t
    where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd') and t.typowner = current_user::regrole
      and not exists (select from pg_depend d
        where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
  loop
    execute statement;
  end loop;
end $$`;

/** Gives the role its password, its rights and everything in the database. The password is of base64url, so that no quote ends it. */
export function setUpStatements(password: string): readonly string[] {
  return [
    `alter role ${ROLE} login nosuperuser nocreaterole createdb password '${password}'`,
    `grant ${MEMBERSHIPS} to ${ROLE}`,
    `alter database ${DATABASE} owner to ${ROLE}`,
    'create extension if not exists pg_stat_statements',
    TAKE_OVER,
  ];
}
