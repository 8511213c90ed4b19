import config, { CHILD_MODULES } from '../../rolldown.config.ts';

/** Programs that tests start, built like the app (scripts/bootstrap/build.mjs). */
export default {
  ...config,
  input: { 'fake-app': 'test/programs/fake-app.ts', 'chaos-worker': 'test/chaos/process.ts', ...CHILD_MODULES },
};
