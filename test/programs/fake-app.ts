/**
 * The app with the fake providers of tests: `node fake-app.js start`, `serve` or `worker`. Settings are those of the app;
 * FAKE_SCENE_MS is the time that each voice and picture takes, FAKE_PICTURE_MS that of a picture where it is another.
 */
import { runParts } from '../../src/cli/commands/run.commands.ts';
import { fakeProviders } from '../helpers/media/fake-providers.ts';

const { FAKE_SCENE_MS = '0', FAKE_PICTURE_MS = FAKE_SCENE_MS } = process.env;
const command = process.argv[2];
const contentProviders = fakeProviders({ sceneMs: Number(FAKE_SCENE_MS), pictureMs: Number(FAKE_PICTURE_MS) });
await runParts({ api: command !== 'worker', worker: command !== 'serve', contentProviders });
