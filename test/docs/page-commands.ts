import { globSync, readFileSync } from 'node:fs';

/** The pages of operators, in all languages. */
export const PAGES = globSync('docs/operations/**/*.md').sort();

export interface WrittenCommand {
  readonly page: string;
  readonly text: string;
}

/** The lines of blocks of bash, and what is written as code within the text. */
export function commandsIn(page: string): WrittenCommand[] {
  const text = readFileSync(page, 'utf8');
  const blocks = Array.from(text.matchAll(/^```bash\n(.*?)^```$/gms), ([, block = '']) => block.split('\n')).flat();
  const spans = Array.from(text.replaceAll(/^```.*?^```$/gms, '').matchAll(/`([^`\n]+)`/g), ([, span = '']) => span);
  return [...blocks, ...spans]
    .map((line) =>
      line.replace(/^docker compose (?:exec|run)(?: --?[\w-]+)* [a-z]+ node dist\/main\.js /, 'autovideo '),
    )
    .filter((line) => /^(?:autovideo|npm run) /.test(line))
    .map((line) => ({ page, text: line }));
}

/** As a shell does, as far as these pages need it. */
export function wordsOf(line: string): string[] {
  const [command = ''] = line.split(/ [|>#] /);
  return Array.from(
    command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g),
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}
