const ask = (selection: string) => `databaseDiagnostics { ${selection} }`;

/** Each reading is one transaction; that of the version is in each number. */
export const DATABASE_LISTS = {
  'DatabaseDiagnostics.slowQueries': { document: ask('slowQueries(first: $n) { query }'), bound: 2 },
  'DatabaseDiagnostics.tables': { document: ask('tables { name totalBytes }'), bound: 2 },
  'DatabaseDiagnostics.indexes': { document: ask('indexes { name bytes }'), bound: 2 },
  'DatabaseDiagnostics.unusedIndexes': { document: ask('unusedIndexes { name scans }'), bound: 2 },
  'DatabaseDiagnostics.indexSuggestions': { document: ask('indexSuggestions { table reason }'), bound: 2 },
  'DatabaseDiagnostics.locks': { document: ask('locks { blockedPid blockedQuery }'), bound: 2 },
  'DatabaseSessions.list': { document: ask('sessions { active list(first: $n) { pid query } }'), bound: 3 },
  'Query.backups': { document: 'backups(first: $n) { id startedAt size location verified }', bound: 1 },
};
