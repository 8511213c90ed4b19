import { expect, it } from 'vitest';
import { allAlerts } from './rule-files.ts';
import { outputOfTool } from './tools.ts';

const CONFIG = 'deploy/alertmanager/alertmanager.yml';

/** Where an alert with these labels goes. */
async function receiverOf(labels: Readonly<Record<string, string | undefined>>): Promise<string> {
  const given = Object.entries(labels).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return (await outputOfTool('amtool', 'config', 'routes', 'test', `--config.file=${CONFIG}`, ...given)).trim();
}

it('The configuration of Alertmanager is valid', async () => {
  expect(await outputOfTool('amtool', 'check-config', CONFIG)).toContain('SUCCESS');
});

it('Alertmanager sends that Auto Video is down or unscraped, and drops what the product sends itself', async () => {
  const receivers = await Promise.all(
    allAlerts().map(async ({ alert, labels }) => ({
      alert,
      receiver: await receiverOf({ alertname: alert, ...labels }),
    })),
  );
  const sent = receivers.filter(({ receiver }) => receiver !== 'dropped');
  expect(sent).toEqual([
    { alert: 'AutoVideoDown', receiver: 'operators' },
    { alert: 'AutoVideoUnscraped', receiver: 'operators' },
  ]);
  expect(receivers.length).toBeGreaterThan(20);
});

it('An alert of unknown origin is dropped', async () => {
  expect(await receiverOf({ alertname: 'Other', priority: 'P0' })).toBe('dropped');
});
