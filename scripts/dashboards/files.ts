import { BOARDS } from './boards.ts';
import { dashboardOf } from './dashboard.ts';
import { DATABASE_BOARD } from './database-board.ts';

export const ALL_BOARDS = [...BOARDS, DATABASE_BOARD];

/** The text of each file, by its path in the repository. */
export function dashboardFiles(): Record<string, string> {
  return Object.fromEntries(
    ALL_BOARDS.map((board) => [
      `deploy/grafana/dashboards/${board.name}.json`,
      `${JSON.stringify(dashboardOf(board), null, 2)}\n`,
    ]),
  );
}
