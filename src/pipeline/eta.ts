import { STAGES, type StageName } from './stages.ts';

/**
 * Seconds that each stage takes for a second of film, as measured with the built-in makers on two cores at 720p. Only
 * their proportions matter for long: what a video really took so far corrects them.
 */
const SECONDS_PER_FILM_SECOND: Readonly<Record<StageName, number>> = {
  SCRIPT: 0.002,
  SPEECH: 0.04,
  VISUALS: 0.04,
  CAPTIONS: 0.001,
  ASSEMBLY: 0.2,
  ANALYSIS: 0.005,
};

/** Foretells how long a video still takes. */
export class Eta {
  readonly #now: () => number;
  readonly #begun: number;
  /** What the making so far should have taken by the table; stages that were done before do not count. */
  #expectedSoFar = 0;
  #filmSeconds: number;

  constructor(filmSeconds: number, now: () => number = () => performance.now() / 1_000) {
    this.#filmSeconds = filmSeconds;
    this.#now = now;
    this.#begun = now();
  }

  /** The film's length, once it is known better. */
  know(filmSeconds: number): void {
    this.#filmSeconds = filmSeconds;
  }

  /** A stage is finished that was really worked on. */
  worked(stage: StageName): void {
    this.#expectedSoFar += this.#expected(stage);
  }

  /** Whole seconds, at least 1, when so much (0 to 1) of the stage is done. */
  secondsLeft(stage: StageName, fraction: number): number {
    const index = STAGES.findIndex(({ name }) => name === stage);
    const later = STAGES.slice(index + 1).reduce((sum, { name }) => sum + this.#expected(name), 0);
    const left = this.#expected(stage) * (1 - fraction) + later;
    const done = this.#expectedSoFar + this.#expected(stage) * fraction;
    return Math.max(1, Math.round(left * this.#pace(done)));
  }

  /** How much slower or faster than the table this machine is; believed only as far as there is evidence. */
  #pace(expectedSoFar: number): number {
    const evidence = Math.min(1, expectedSoFar / 2);
    const measured = expectedSoFar > 0 ? (this.#now() - this.#begun) / expectedSoFar : 1;
    return 1 + evidence * (Math.min(Math.max(measured, 0.2), 10) - 1);
  }

  #expected(stage: StageName): number {
    return 0.1 + SECONDS_PER_FILM_SECOND[stage] * this.#filmSeconds;
  }
}
