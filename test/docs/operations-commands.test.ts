import { readFileSync } from 'node:fs';
import { type Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildProgram } from '../../src/cli/program.ts';
import { commandsIn, PAGES, type WrittenCommand, wordsOf } from './page-commands.ts';

const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8'))).scripts;

/** The program with every action left out, so that a line is understood and nothing happens. */
function understand(words: readonly string[]): void {
  const program = buildProgram(0o600);
  const silence = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    if (command.commands.length === 0) command.action(() => undefined);
    command.commands.forEach(silence);
  };
  silence(program);
  program.parse([...words], { from: 'user' });
}

function problemOf({ text }: WrittenCommand): string | null {
  const [name, ...words] = wordsOf(text);
  if (name === 'npm') return scripts[words[1] ?? ''] === undefined ? 'package.json has no such script' : null;
  try {
    understand(words);
    return null;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.code === 'commander.helpDisplayed') return null;
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

describe('The commands that pages for operators name', () => {
  it('are known to the program, with their arguments and options', () => {
    const commands = PAGES.flatMap(commandsIn);
    expect(commands.length).toBeGreaterThan(30);
    const wrong = commands.flatMap((command) => {
      const problem = problemOf(command);
      return problem === null ? [] : [{ ...command, problem }];
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['autovideo queue list', null],
    ['autovideo queue lists', /unknown command/],
    ['autovideo queue list --fast', /unknown option/],
    ['autovideo queue list --queue FILMS', /is invalid/],
    ['autovideo tasks run', /missing required argument/],
    ['autovideo logs --since yesterday', /must be an age/],
    ['npm run films', null],
    ['npm run nothing', /no such script/],
  ])('are read as a shell and the program read them: %s', (text, expected) => {
    const problem = problemOf({ page: '', text });
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatch(expected);
  });
});
