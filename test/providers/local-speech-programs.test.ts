import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import { expectSound, firstProgram, procFile, speechPrograms, startedSince } from './speech-checks.ts';

const never = new AbortController().signal;
const long = 'This is a long text, and it takes a while to say it. '.repeat(300);
const providers: LocalSpeechProvider[] = [];
const another = (options?: ConstructorParameters<typeof LocalSpeechProvider>[0]): LocalSpeechProvider => {
  const made = new LocalSpeechProvider(options);
  providers.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(providers.splice(0).map((made) => made.close()));
});

describe('The speech programs', () => {
  it('are at most two for any number of concurrent requests, and answer all of them', async () => {
    const many = another();
    let most = 0;
    const before = speechPrograms();
    const own = () => speechPrograms().filter((pid) => !before.includes(pid));
    const watch = setInterval(() => (most = Math.max(most, own().length)), 20);
    const all = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => many.speak({ text: `Number ${n}.`, language: 'en', speed: 1 }, never)),
    );
    clearInterval(watch);
    expect(all.map((speech) => speech.timings[1]?.text)).toEqual(['1.', '2.', '3.', '4.', '5.']);
    expect(most).toBe(2);
  });

  it('are killed when a caller cancels, and the next request succeeds', async () => {
    const one = another({ processes: 1 });
    const before = speechPrograms();
    const cancel = new AbortController();
    const canceled = one.speak({ text: long, language: 'en', speed: 1 }, cancel.signal);
    const waiting = new AbortController();
    const inLine = one.speak({ text: 'In line.', language: 'en', speed: 1 }, waiting.signal);
    const next = one.speak({ text: 'Next.', language: 'en', speed: 1 }, never);
    waiting.abort();
    await expect(inLine).rejects.toMatchObject({ code: 'CANCELED' });
    const [program] = await startedSince(before);
    cancel.abort();
    await expect(canceled).rejects.toMatchObject({ code: 'CANCELED' });
    expectSound(await next);
    expect(speechPrograms()).not.toContain(program);
    await expect(one.speak({ text: 'Hi', language: 'en', speed: 1 }, AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELED',
    });
  });

  it('of both languages take turns where only one may run', async () => {
    const one = another({ processes: 1 });
    const before = speechPrograms();
    const languages = ['en', 'de', 'en'];
    for (const language of languages) expectSound(await one.speak({ text: 'Hallo, Anna.', language, speed: 1 }, never));
    await expect.poll(() => speechPrograms().filter((pid) => !before.includes(pid)).length).toBe(1);
  });

  it('that die during a request fail only that request, with a retriable error', async () => {
    const one = another({ processes: 1 });
    const before = speechPrograms();
    const failing = one.speak({ text: long, language: 'en', speed: 1 }, never);
    for (const pid of await startedSince(before)) process.kill(pid, 'SIGKILL');
    await expect(failing).rejects.toMatchObject({ code: 'LOCAL_API_ERROR', retriable: true });
    expectSound(await one.speak({ text: 'Again.', language: 'en', speed: 1 }, never));
  });

  it('that hang are killed after the timeout', async () => {
    const one = another({ processes: 1, responseTimeoutSeconds: 1 });
    const before = speechPrograms();
    const hanging = one.speak({ text: long, language: 'en', speed: 1 }, never);
    const hung = await startedSince(before);
    for (const pid of hung) process.kill(pid, 'SIGSTOP');
    await expect(hanging).rejects.toMatchObject({ code: 'LOCAL_TIMEOUT', retriable: true });
    await expect.poll(() => speechPrograms().filter((pid) => hung.includes(pid)), { timeout: 2000 }).toEqual([]);
  });

  it('get no environment variables of this process', async () => {
    const before = speechPrograms();
    await another().speak({ text: 'Hi.', language: 'en', speed: 1 }, never);
    const [program = 0] = speechPrograms().filter((pid) => !before.includes(pid));
    expect(program).not.toBe(0);
    expect(procFile(program, 'environ').replaceAll('\0', '')).toBe('MALLOC_ARENA_MAX=1');
  });

  it('end when they are idle', async () => {
    const before = speechPrograms();
    const one = another({ idleSeconds: 0.1 });
    await one.speak({ text: 'Hi.', language: 'en', speed: 1 }, never);
    await expect.poll(() => speechPrograms().filter((pid) => !before.includes(pid)), { timeout: 10_000 }).toEqual([]);
    expectSound(await one.speak({ text: 'Hi.', language: 'en', speed: 1 }, never));
  });

  it('have exited after close, and waiting requests are rejected', async () => {
    const before = speechPrograms();
    const one = another({ processes: 1 });
    const calls = [long, 'In line.'].map((text) => one.speak({ text, language: 'en', speed: 1 }, never));
    const outcomes = Promise.allSettled(calls);
    await startedSince(before);
    await one.close();
    expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(speechPrograms().filter((pid) => !before.includes(pid))).toEqual([]);
    await expect(one.speak({ text: 'Hi', language: 'en', speed: 1 }, never)).rejects.toMatchObject({
      code: 'LOCAL_API_ERROR',
    });
  });

  it.each([
    ['speaks', long],
    ['rests', 'Hi.'],
  ])('die with a server that is killed while one %s', async (_name, text) => {
    const source = new URL('../../src/providers/local/speech/local-speech-provider.ts', import.meta.url).href;
    const server = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { LocalSpeechProvider } from ${JSON.stringify(source)};
        await new LocalSpeechProvider().speak({ text: ${JSON.stringify(text)}, language: 'en', speed: 1 }, new AbortController().signal);
        process.stdout.write('It has spoken.');`,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const spoken = once(server.stdout, 'data');
    const program = await firstProgram(server.pid);
    if (text !== long) await spoken;
    expect(procFile(program, 'cmdline')).toContain('flite-child');
    server.kill('SIGKILL');
    await once(server, 'close');
    await expect.poll(() => procFile(program, 'cmdline'), { timeout: 5000 }).toBe('');
  });
});
