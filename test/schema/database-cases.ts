/** Diagnoses of the database, and what mends it. */
export const DATABASE_CASES = {
  'Query.databaseDiagnostics': [
    { who: 'ADMIN_SYSTEM_CONFIG', document: '{ databaseDiagnostics { __typename } }', asks: 'database.version' },
  ],
  'Mutation.runDatabaseMaintenance': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { runDatabaseMaintenance { tables userErrors { code } } }',
      asks: 'databaseMaintenance.run',
    },
  ],
  'Mutation.endIdleDatabaseSessions': [
    {
      who: 'ADMIN_SYSTEM_CONFIG',
      document: 'mutation { endIdleDatabaseSessions { ended userErrors { code } } }',
      asks: 'idleSessions.end',
    },
  ],
} as const;
