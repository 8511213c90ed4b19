import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noProgress } from '../../src/cli/make/display/progress.ts';
import { PipelineStage, valuesOf } from '../../src/entities/enums.ts';
import { STAGES } from '../../src/pipeline/stages.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';

// CONTRIBUTING.md says what belongs to a new provider, task, root field and stage. Each test here names the part that was forgotten.

/** Files of src/jobs/tasks that are no tasks, besides those with SQL: what runs tasks. */
const NOT_TASKS = ['periodic-task', 'scheduler', 'task-locks', 'task-runner'];
/** Folders of src/providers that are no service. */
const SHARED_BY_PROVIDERS = ['http', 'pictures', 'prices', 'quotas', 'voices', 'writing'];
/** Columns that hold the name of a stage are varchar(20). */
const MAX_STAGE_NAME_LENGTH = 20;

const read = (path: string) => readFileSync(path, 'utf8');

describe('A new provider', () => {
  const folders = globSync('src/providers/*/').map((path) => basename(path));
  const services = folders.filter((name) => !SHARED_BY_PROVIDERS.includes(name));

  it.each(services)('%s makes content', (name) => {
    const composition = read('src/composition/content-providers.ts') + read('src/composition/external-providers.ts');
    const advice = `no video uses src/providers/${name}: add it to src/composition/external-providers.ts`;
    expect(composition.includes(`'../providers/${name}/`), advice).toBe(true);
  });
});

describe('A new periodic task', () => {
  const files = globSync('src/jobs/tasks/*.ts', { exclude: ['**/*.test.ts', '**/*-{sql,store}.ts'] }).map((path) =>
    basename(path, '.ts'),
  );
  const tasks = files.filter((name) => !NOT_TASKS.includes(name));

  it.each(tasks)('%s is run by the scheduler', (name) => {
    const advice = `src/jobs/tasks/${name}.ts never runs: add it to tasksOf() in src/composition/tasks.ts (or to NOT_TASKS here if it is no task)`;
    expect(read('src/composition/tasks.ts').includes(`'../jobs/tasks/${name}.ts'`), advice).toBe(true);
  });
});

describe('A new root field', () => {
  const builder = read('src/schema/build/build-schema.ts');
  const list = /resolvers: \[([^\]]*)\]/.exec(builder)?.[1] ?? '';
  const classes = globSync('src/resolvers/**/*.resolver.ts').flatMap((path) =>
    Array.from(read(path).matchAll(/^export class (\w+Resolver)\b/gm), ([, name = '']) => ({ name, path })),
  );

  it.each(classes)('of $name is part of the schema', ({ name, path }) => {
    const advice = `the fields of ${path} are in no schema: add ${name} to the list in src/schema/build/build-schema.ts`;
    expect(list.split(/\W+/).includes(name), advice).toBe(true);
  });
});

describe('A new stage', () => {
  const names = STAGES.map(({ name }) => name);
  const sources = globSync('src/pipeline/stages/*.ts').map(read);
  const description = buildAppSchema().getType('PipelineStage')?.description ?? '';

  it('is stored and shown in the same order as it runs', () => {
    expect(valuesOf(PipelineStage), 'make PipelineStage in src/entities/enums.ts equal to STAGES').toEqual(names);
    const shown = noProgress('', 0).stages.map(({ name }) => name);
    expect(shown, 'make STAGES in src/cli/make/display/progress.ts equal to STAGES of src/pipeline/stages.ts').toEqual(
      names,
    );
  });

  it.each(STAGES)('$name begins at the progress that clients are promised', ({ name, begin }) => {
    expect(description, 'say it in the description of PipelineStage in src/schema/enums.ts').toContain(
      `${name} ${begin}`,
    );
    const display = read('src/cli/make/display/progress.ts');
    expect(display, `give ${name} this begin in src/cli/make/display/progress.ts`).toMatch(
      new RegExp(`name: '${name}',.* begin: ${begin} `),
    );
  });

  it.each(STAGES)('$name has a file and is run by makeVideo', ({ name }) => {
    const source = sources.find((text) => text.includes(`  name: '${name}',`)) ?? '';
    const stage = /^export const (\w+Stage): Stage</m.exec(source)?.[1];
    expect(stage, `no file of src/pipeline/stages exports a Stage with the name ${name}`).toBeDefined();
    const makeVideo = read('src/pipeline/make-video.ts');
    expect(makeVideo, `no video has this stage: run ${stage} in src/pipeline/make-video.ts`).toMatch(
      new RegExp(`runStage\\(\\s*${stage},`),
    );
  });

  it.each(STAGES)('$name fits into the columns of the database', ({ name }) => {
    expect(name.length, `"${name}" is longer than ${MAX_STAGE_NAME_LENGTH} characters`).toBeLessThanOrEqual(
      MAX_STAGE_NAME_LENGTH,
    );
  });
});
