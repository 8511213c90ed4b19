/** What build.mjs builds: a folder, with a configuration of the bundler, from the files below some folders. */
export interface BuildOutput {
  readonly dir: string;
  readonly config: string;
  readonly sources: readonly string[];
}

export const PROGRAM: BuildOutput;
export const TEST_PROGRAMS: BuildOutput;

/** True if the output in the folder `root` was built from its sources as they are now. */
export function isFresh(root: string, output?: BuildOutput): boolean;
