/** The used parts of `pg`, which comes untyped with the ORM. */
interface Pool {
  on(event: 'connect', listener: (connection: Connection) => void): unknown;
}

interface Connection {
  query(...given: unknown[]): unknown;
}

const NAME = /^\/\* (\w+) \*\/\s/;

/**
 * Prepares statements that begin with a comment of one word under that word, once on each connection of the pool; PostgreSQL
 * plans all others at each use. The query builder has no way to name a statement, and offers no other
 * hook in a transaction. A named statement must always have the same text, and a migration must not change the type of a column
 * that one returns: running processes would get an error.
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
