import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALERT_RULES } from '../../src/services/alerts/alert-rules.ts';
import { RULE_CASES, type RuleCase } from './rule-cases.ts';
import { allAlerts, RULES_FOLDER, ruleFiles } from './rule-files.ts';
import { outputOfTool } from './tools.ts';

const alerts = allAlerts();

describe('The rules of Prometheus', () => {
  it('are valid, and so is what it scrapes', async () => {
    // The file of the token exists only in the container.
    await outputOfTool('promtool', 'check', 'config', '--syntax-only', 'deploy/prometheus/prometheus.yml');
    expect(await outputOfTool('promtool', 'check', 'rules', '--lint-fatal', ...ruleFiles())).not.toContain('FAILED');
  });

  it('fire when their cause is there, not before, and resolve when it has gone', async () => {
    const longCases = RULE_CASES.filter(({ alert }) => alert === 'Availability');
    const cases = RULE_CASES.filter((one) => !longCases.includes(one));
    const outputs = await Promise.all([
      testRules(ruleFiles(), '30s', cases),
      // Days in which nothing else is evaluated.
      testRules([`${RULES_FOLDER}/availability.yml`], '1m', longCases),
    ]);
    expect(outputs).toEqual([expect.stringContaining('SUCCESS'), expect.stringContaining('SUCCESS')]);
  });

  it('are each shown to fire and to resolve', () => {
    const shown = RULE_CASES.filter(({ fires }) => {
      const states = Object.values(fires);
      return states[0] === false && states.includes(true) && states.at(-1) === false;
    });
    expect([...new Set(shown.map(({ alert }) => alert))].sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });

  it('name a page that exists', () => {
    const pages = new Set(alerts.map(({ annotations }) => annotations['page']?.replace(/#.{1,40}$/, '') ?? ''));
    expect([...pages].filter((page) => !existsSync(page))).toEqual([]);
  });
});

describe('The rules of Prometheus that mirror the rules of the product', () => {
  const mirrored = alerts.filter(({ labels }) => labels.delivered_by === 'autovideo');
  const omitted = [...readFileSync(`${RULES_FOLDER}/alerts.yml`, 'utf8').matchAll(/^# {3}([a-z-]{3,40}): \S/gm)];

  it('are sent by the product alone; the others have no rule there', () => {
    const sentByAlertmanager = alerts.filter(({ labels }) => labels.delivered_by === 'alertmanager');
    expect(sentByAlertmanager.map(({ alert }) => alert)).toEqual(['AutoVideoDown', 'AutoVideoUnscraped']);
    expect(sentByAlertmanager.filter(({ labels }) => labels.rule !== undefined)).toEqual([]);
    expect(mirrored.length).toBeGreaterThan(20);
  });

  it('have the name of their rule', () => {
    const kebab = (name: string) => name.replace(/\B[A-Z]/g, '-$&').toLowerCase();
    expect(mirrored.map(({ alert }) => kebab(alert))).toEqual(mirrored.map(({ labels }) => labels.rule));
  });

  it('are all of them but those that the file gives a reason for, with the same priority', () => {
    const here = mirrored.map(({ labels }) => [labels.rule, labels.priority]);
    const without = new Set(omitted.map(([, name]) => name));
    const expected = ALERT_RULES.filter(({ name }) => !without.has(name)).map(({ name, priority }) => [name, priority]);
    expect(here.sort()).toEqual(expected.sort());
    expect([...without].filter((name) => !ALERT_RULES.some((rule) => rule.name === name))).toEqual([]);
  });
});

async function testRules(files: readonly string[], interval: string, cases: readonly RuleCase[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'autovideo-rules-'));
  try {
    const file = join(folder, 'rules.test.yml');
    const rules = { rule_files: files.map((path) => resolve(path)), evaluation_interval: interval };
    await writeFile(file, JSON.stringify({ ...rules, tests: cases.map(unitTestOf) }));
    return await outputOfTool('promtool', 'test', 'rules', file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As promtool takes it. Its rules set all annotations as plain text, so that they are expected as they are. */
function unitTestOf({ alert, series, labels, fires }: RuleCase) {
  const rule = alerts.find((one) => one.alert === alert);
  const expected = { exp_labels: { ...rule?.labels, ...labels }, exp_annotations: rule?.annotations };
  return {
    name: alert,
    interval: '30s',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: Object.entries(fires).map(([time, isFiring]) => ({
      eval_time: time,
      alertname: alert,
      exp_alerts: isFiring ? [expected] : [],
    })),
  };
}
