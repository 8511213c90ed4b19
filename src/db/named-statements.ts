/** The parts of `pg` that we use; it comes with the ORM, untyped. */
interface Pool {
  on(event: 'connect', listener: (connection: Connection) => void): unknown;
}

interface Connection {
  query(...given: unknown[]): unknown;
}

const NAME = /^\/\* (\w+) \*\/\s/;

/**
 * Prepares statements that begin with a comment of one word under that word, once on each connection of the pool; PostgreSQL
 * plans all others anew each time. The query builder has no way to name a
 * statement, and in a transaction there is none around it. A named statement must always have the same text, and a migration
 * must not change the type of a column that one returns: processes that run would be refused it.
 */
export function nameStatements(pool: Pool): void {
  pool.on('connect', nameStatementsOf);
}

function nameStatementsOf(connection: Connection): void {
  const query = connection.query.bind(connection);
  connection.query = (statement, values, ...others) => {
    const [, name] = (typeof statement === 'string' && Array.isArray(values) && NAME.exec(statement)) || [];
    return name === undefined
      ? query(statement, values, ...others)
      : query({ name, text: statement, values }, ...others);
  };
}
