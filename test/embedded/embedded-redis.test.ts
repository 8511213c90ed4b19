import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, processIdentity } from '../../src/embedded/process-identity.ts';
import { startEmbeddedRedis } from '../../src/embedded/redis/embedded-redis.ts';
import { useEmbeddedServers } from './embedded-setup.ts';

const setup = useEmbeddedServers();
const { redisPid, withRedis, startUser, kill } = setup;

describe('Redis started by the app', () => {
  it('keeps its data across restarts, evicts nothing, and requires a password', async () => {
    const first = await startEmbeddedRedis({ dataDir: setup.dataDir });
    await withRedis(first.url, (client) => client.set('film', '影片'));
    await expect(withRedis(first.url.replace(/:[^:@]+@/, ':wrong@'), (client) => client.get('film'))).rejects.toThrow();
    await first.close();
    const second = await startEmbeddedRedis({ dataDir: setup.dataDir });
    expect(await withRedis(second.url, (client) => client.get('film'))).toBe('影片');
    expect(
      await withRedis(second.url, (client) =>
        client.configGet(['appendonly', 'appendfsync', 'maxmemory-policy', 'bind']),
      ),
    ).toEqual({
      appendonly: 'yes',
      appendfsync: 'everysec',
      'maxmemory-policy': 'noeviction',
      bind: '127.0.0.1',
    });
    await second.close();
  });

  it('shows its password in no command line and to no other user', async () => {
    const server = await startEmbeddedRedis({ dataDir: setup.dataDir });
    const pid = redisPid();
    expect(commandLine(pid)).not.toContain(new URL(server.url).password);
    expect(statSync(join(setup.dataDir, 'redis', 'redis.conf')).mode & 0o777).toBe(0o600);
    await Promise.all([server.close(), server.close()]);
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('is reused after the process that started it was killed', async () => {
    const user = await startUser();
    const pid = redisPid();
    await kill(user.child);
    const next = await startEmbeddedRedis({ dataDir: setup.dataDir });
    expect(next.url).toBe(user.urls.redis);
    await next.close();
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('is found again by its running users where another start replaced it, at the same port', async () => {
    const user = await startUser();
    process.kill(redisPid(), 'SIGKILL');
    const next = await startEmbeddedRedis({ dataDir: setup.dataDir });
    expect(next).toMatchObject({ url: user.urls.redis, isStarted: true });
    await kill(user.child);
    await next.close();
  });

  it('starts at another port where the last one is taken', async () => {
    const first = await startEmbeddedRedis({ dataDir: setup.dataDir });
    await first.close();
    const other = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(other, 'listening');
    const next = await startEmbeddedRedis({ dataDir: setup.dataDir });
    expect(next.url).not.toBe(first.url);
    await next.close();
    other.close();
  });

  it('starts when its pid file names an unrelated process, and does not signal that process', async () => {
    await (await startEmbeddedRedis({ dataDir: setup.dataDir })).close();
    const otherProcess = spawn('sleep', ['60'], { stdio: 'ignore' });
    setup.otherProcesses.push(otherProcess);
    writeFileSync(join(setup.dataDir, 'redis', 'redis.pid'), `${otherProcess.pid}\n`);
    await (await startEmbeddedRedis({ dataDir: setup.dataDir })).close();
    expect(otherProcess.exitCode).toBeNull();
    expect(otherProcess.signalCode).toBeNull();
  });

  it('ends when its data was deleted while it ran', async () => {
    const server = await startEmbeddedRedis({ dataDir: setup.dataDir });
    const pid = redisPid();
    rmSync(setup.dataDir, { recursive: true });
    await server.close();
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('fails with advice when redis-server is not installed', async () => {
    const starting = startEmbeddedRedis({ dataDir: setup.dataDir, program: join(setup.base, 'redis-server') });
    await expect(starting).rejects.toMatchObject({
      code: 'REDIS_CONNECTION_FAILED',
      message: expect.stringMatching(/bootstrap.*REDIS_URL/),
    });
  });
});
