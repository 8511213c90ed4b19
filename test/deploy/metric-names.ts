const KEYWORDS = new Set('and or unless by without on ignoring group_left group_right bool offset inf nan'.split(' '));

/** The metrics that a query reads: its names that are no function, label or keyword. */
export function metricsOf(query: string): string[] {
  const bare = query
    .replace(/"[^"]{0,200}"/g, '')
    .replace(/\{[^{}]{0,500}\}/g, '')
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s{0,5}\([^()]{0,200}\)/g, ' ');
  const names = bare.matchAll(/(?<![\w.:])([a-zA-Z_:][\w:]{0,100})(?![\w:]|\s{0,5}\()/g);
  return [...new Set(Array.from(names, ([name]) => name).filter((name) => !KEYWORDS.has(name)))];
}
