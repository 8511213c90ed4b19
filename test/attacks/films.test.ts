import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client } from '../helpers/client.ts';
import { useApp, useInstallation } from '../helpers/fixtures.ts';
import { fakeProviders } from '../helpers/media/fake-providers.ts';
import { ffmpegAfter } from '../helpers/media/ffmpeg-gate.ts';
import { until } from '../helpers/until.ts';

/** What would end a value, open a filter, a file or an expression where a text were pasted into FFmpeg's arguments. */
const TITLE = `QUOTED':%{}\\;[0:v]drawtext=textfile=/etc/passwd,movie='\\'`;
const NARRATION = `SPOKEN':%{pts}\\,subtitles=/etc/passwd[out];$(touch /tmp/x) \`id\` <script>alert(1)</script> & more.`;

const installation = useInstallation();
let settings: Record<string, string>;
beforeAll(async () => {
  const log = join(installation.dataDir, 'ffmpeg-arguments');
  settings = { FFMPEG_PATH: await ffmpegAfter(installation.dataDir, `printf '%s\\n' "$*" >> '${log}'`) };
});
const app = useApp(() => ({ installation, settings, contentProviders: fakeProviders() }));
let ann: Client;
beforeAll(async () => {
  ann = await app.signedIn('ann');
});

async function ask(query: string, variables: object): Promise<unknown> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ann.token}` },
    body: JSON.stringify({ query, variables }),
  });
  return await response.json();
}

describe('A title and a narration that look like arguments of FFmpeg', () => {
  it('are texts in the film, its subtitles and its answer, and never reach the program', async () => {
    const { id } = await ann.makeVideo({
      title: TITLE,
      scenes: [{ narration: NARRATION }],
      burnInCaptions: true,
      language: 'en',
    });
    const query =
      'query ($id: ID!) { video(id: $id) { title status error { code message } srt: captions(format: SRT) vtt: captions(format: VTT) } }';
    await until('the film is done', async () =>
      /"status":"(COMPLETED|FAILED)"/.test(JSON.stringify(await ask(query, { id }))),
    );
    expect(await ask(query, { id })).toMatchObject({
      data: { video: { title: TITLE, status: 'COMPLETED', error: null } },
    });
    const seen = JSON.stringify(await ask(query, { id }));
    expect(seen).not.toMatch(/<script|<\/script/);
    expect(seen).toContain('&lt;script&gt;alert(1)');

    const commands = await readFile(join(installation.dataDir, 'ffmpeg-arguments'), 'utf8');
    expect(commands).toContain('-filter_complex');
    for (const word of ['QUOTED', 'SPOKEN', 'passwd', 'drawtext', 'script'])
      expect(commands.includes(word), word).toBe(false);
  }, 120_000);
});
