import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

/** Modules that start programs. A cluster member is this program itself, and needs its settings. */
const STARTERS = ['node:child_process', 'child_process', 'node:cluster', 'cluster'];
const ALLOWED: Readonly<Record<string, string>> = {
  'src/cli/process-group.ts': 'starts this program itself',
  'src/monitoring/group-metrics.ts': 'talks to cluster members that others have started',
  'src/monitoring/metrics.ts': 'asks only whether this process is a cluster member',
  'src/cli/commands/run.commands.ts': 'asks only whether this process is a cluster member',
};

const node = z.looseObject({ type: z.string() });
const call = z.looseObject({
  type: z.literal('CallExpression'),
  callee: z.looseObject({ name: z.string().optional() }),
  arguments: z.array(node),
});
const property = z.looseObject({
  type: z.literal('Property'),
  key: z.looseObject({ name: z.string().optional() }),
  value: node,
});
const literalProperty = property.extend({ value: z.looseObject({ type: z.literal('Literal') }) });

describe('every program that src starts', () => {
  it('gets its environment from childEnvironment', () => {
    const files = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts'));
    const startersIn = files.filter(namesStarter).map((file) => ({ file, ...read(file, readFileSync(file, 'utf8')) }));
    expect(startersIn.flatMap(({ imported }) => imported).length).toBeGreaterThan(4);
    const wrong = startersIn.filter(({ file, faults }) => faults.length > 0 && !(file in ALLOWED));
    expect(wrong.map(({ file, faults }) => `${file}: ${faults.join(', ')}`)).toEqual([]);
  });

  it.each([
    ["import { spawn } from 'node:child_process'; spawn('ls', []);", ['spawn without childEnvironment()']],
    [
      "import { spawn } from 'node:child_process'; spawn('ls', [], { env: process.env });",
      ['spawn without childEnvironment()'],
    ],
    ["import { spawn as go } from 'child_process'; go('ls', [], { cwd: '/' });", ['go without childEnvironment()']],
    ["import { exec } from 'node:child_process'; const run = promisify(exec);", ['exec is not called directly']],
    ["import * as all from 'node:child_process'; all.spawn('ls');", ['imports all of node:child_process']],
    ["import cluster from 'node:cluster'; cluster.fork();", ['imports all of node:cluster']],
    ["const { spawn } = await import('node:child_process');", ['loads node:child_process at run time']],
    ["import { spawn } from 'node:child_process'; spawn('ls', [], { env: childEnvironment() });", []],
    ["import { spawn } from 'node:child_process'; spawn('ls', [], { env: {} });", []],
    ["import { spawn } from 'node:child_process'; spawn('ls', [], { env: { A: '1' } });", []],
    [
      "import { spawn } from 'node:child_process'; spawn('ls', [], { env: { A: '1', ...process.env } });",
      ['spawn without childEnvironment()'],
    ],
    [
      "import { spawn } from 'node:child_process'; spawn('ls', [], { env: { A: process.env.A } });",
      ['spawn without childEnvironment()'],
    ],
  ])('is judged by its call: %s', (source, faults) => {
    expect(read('one.ts', source).faults).toEqual(faults);
  });
});

/** Parsing all of src takes seconds; a module cannot be loaded without its name. */
function namesStarter(file: string): boolean {
  const source = readFileSync(file, 'utf8');
  return STARTERS.some((name) => source.includes(name));
}

/** What a file imports to start programs, and what is wrong with how it does. */
function read(file: string, source: string): { imported: string[]; faults: string[] } {
  const { program, module } = parseSync(file, source);
  const statements = module.staticImports.filter(({ moduleRequest }) => STARTERS.includes(moduleRequest.value));
  const entries = statements.flatMap(({ entries, moduleRequest }) =>
    entries.map((entry) => ({ ...entry, from: moduleRequest.value })),
  );
  const whole = entries.filter(({ importName, isType }) => importName.kind !== 'Name' && !isType);
  const named = entries.filter(({ importName, isType }) => importName.kind === 'Name' && !isType);
  const imported = named.map(({ localName }) => localName.value);
  const dynamic = module.dynamicImports
    .map(({ moduleRequest }) => source.slice(moduleRequest.start + 1, moduleRequest.end - 1))
    .filter((name) => STARTERS.includes(name));
  const nodes = allNodes(program);
  return {
    imported,
    faults: [
      ...whole.map(({ from }) => `imports all of ${from}`),
      ...dynamic.map((name) => `loads ${name} at run time`),
      ...imported.flatMap((name) => faultsOf(name, nodes)),
    ],
  };
}

function faultsOf(name: string, nodes: readonly object[]): string[] {
  const calls = nodes.flatMap((one) => call.safeParse(one).data ?? []).filter(({ callee }) => callee.name === name);
  const mentions = nodes.filter(
    (one) => 'type' in one && one.type === 'Identifier' && 'name' in one && one.name === name,
  );
  // The import names it twice, as what is imported and as what it is called here.
  const calledOnly = mentions.length === calls.length + mentionsInImport(name, nodes);
  if (!calledOnly) return [`${name} is not called directly`];
  return calls.filter((one) => !isClean(one.arguments, nodes)).map(() => `${name} without childEnvironment()`);
}

function mentionsInImport(name: string, nodes: readonly object[]): number {
  const specifiers = nodes.filter((one) => 'type' in one && one.type === 'ImportSpecifier');
  return specifiers
    .flatMap(allNodes)
    .filter((one) => 'type' in one && one.type === 'Identifier' && 'name' in one && one.name === name).length;
}

/** Whether the options, written in the call or as a constant before it, set a clean environment. */
function isClean(given: readonly unknown[], nodes: readonly object[]): boolean {
  const names = given.flatMap(
    (one) => z.looseObject({ type: z.literal('Identifier'), name: z.string() }).safeParse(one).data?.name ?? [],
  );
  const constants = nodes.filter(
    (one) =>
      z
        .looseObject({ type: z.literal('VariableDeclarator'), id: z.looseObject({ name: z.enum(['', ...names]) }) })
        .safeParse(one).success,
  );
  return [...given.flatMap(allNodes), ...constants.flatMap(allNodes)].some((one) => {
    const found = property.safeParse(one).data;
    if (found?.key.name !== 'env') return false;
    const value = found.value;
    const ofLiterals = z.looseObject({ type: z.literal('ObjectExpression'), properties: z.array(literalProperty) });
    return ofLiterals.safeParse(value).success || call.safeParse(value).data?.callee.name === 'childEnvironment';
  });
}

function allNodes(root: unknown): object[] {
  if (typeof root !== 'object' || root === null) return [];
  return [root, ...Object.values(root).flatMap(allNodes)];
}
