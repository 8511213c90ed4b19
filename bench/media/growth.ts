import { join } from 'node:path';
import { row, say } from '../shared/measure.ts';
import { BenchFilm } from './bench-film.ts';
import { costOf } from './measure.ts';

const SCENES = [1, 4, 16, 64];
const SMALL = { width: 640, height: 360 };

/** Films with an increasing number of scenes of 2.6 s, with sound and checks: the cost of a second of film. */
export async function measureScenes(folder: string): Promise<void> {
  say();
  row('scenes of 2.6 s, 640x360', 'film', 'wall s/s', 'CPU s/s', 'of it sound', 'relative to the first');
  let first: number | undefined;
  for (const count of SCENES) {
    const film = await BenchFilm.of(join(folder, `grow-${count}`), count, 2, SMALL);
    const whole = await costOf(() => film.assemble().then(() => film.check()));
    const sound = await costOf(() => film.sound());
    const seconds = film.plan.durationSeconds;
    first ??= whole.cpu / seconds;
    const figures = [whole.wall, whole.cpu, sound.cpu].map((cost) => (cost / seconds).toFixed(3));
    row(String(count), `${seconds.toFixed(1)} s`, ...figures, (whole.cpu / seconds / first).toFixed(2));
  }
}
