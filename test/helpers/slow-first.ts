import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The folders of tests that make films, start processes or measure. */
const SLOW = /\/test\/(?:chaos|cli|db|docs|e2e|embedded|faults|linear-text|media|providers|threads)\//;

/**
 * Begins slow files first, so that at the end no worker runs a long file while the others have none left. vitest does the same
 * once it has measured them; in a fresh clone it knows only their sizes.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification): boolean => SLOW.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
