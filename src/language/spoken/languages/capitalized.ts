/** A table with entries for the beginning of a sentence, too: "ca." and "Ca.". */
export function withCapitals(table: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const capitals = Object.entries(table).map(([key, words]) => [capital(key), capital(words)] as const);
  return { ...Object.fromEntries(capitals), ...table };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
