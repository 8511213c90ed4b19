import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../../../embedded/free-port.ts';
import { writeRedisConfig } from '../../../embedded/redis/redis-config.ts';
import { addUsageMarker } from '../../../embedded/usage-marker.ts';
import { diagnosedSettings } from '../diagnosed-settings.ts';
import { diagnosedInstallation } from '../installation.ts';
import { databaseChecks } from './database-checks.ts';
import { redisCheck } from './redis-check.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it.each(['redis', 'postgres'] as const)(
  'The %s that running processes use is mended by their restart, and not by another start beside them',
  async (server) => {
    mkdirSync(join(dataDir, 'redis'));
    writeRedisConfig(join(dataDir, 'redis'), await freePort());
    const installation = diagnosedInstallation(diagnosedSettings({ DATA_DIR: dataDir }));
    const check = server === 'redis' ? redisCheck(installation) : databaseChecks(installation)[0];
    mkdirSync(join(dataDir, server), { recursive: true });
    const marker = addUsageMarker(join(dataDir, server, 'users'));
    expect(await check?.run()).toMatchObject({
      status: 'failed',
      mend: `restart the program (process ${process.pid}): Ctrl-C or systemctl restart, then autovideo start`,
    });
    marker.release();
    expect(await check?.run()).toMatchObject({ status: 'failed', mend: 'autovideo start' });
    await installation.close();
  },
);
