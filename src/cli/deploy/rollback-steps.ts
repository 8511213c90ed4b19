import type { RollbackPlan } from '../../services/deployments/rollback.service.ts';

/** What an operator types, for each way of running it. Files and images are replaced by hand: this program cannot replace itself. */
export function rollbackSteps({ from, to, migrationsSince }: RollbackPlan): string {
  const { version } = to;
  const kept =
    migrationsSince.length === 0
      ? 'The database is the same for both versions.'
      : `The database keeps ${migrationsSince.join(', ')}: ${version} works with what they added.`;
  return `Going back from ${from} to ${version}. ${kept}

Docker Compose, in the folder of docker-compose.yml:
  docker tag auto-video:${version} auto-video:latest
  docker compose up -d --no-build --no-deps api worker

systemd, in the folder of the program:
  systemctl stop auto-video
  git checkout v${version}
  npm ci && npm run build
  systemctl start auto-video

npm, started by hand: stop it with Ctrl-C, then
  git checkout v${version}
  npm ci && npm start

Afterwards, with the program of ${version}:
  autovideo deploy check --after`;
}
