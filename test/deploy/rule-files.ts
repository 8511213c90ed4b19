import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const RULES_FOLDER = 'deploy/prometheus/rules';

const rule = z.union([
  z.strictObject({ record: z.string(), expr: z.string() }),
  z.strictObject({
    alert: z.string(),
    expr: z.string(),
    for: z.string().optional(),
    labels: z.strictObject({
      rule: z.string().optional(),
      priority: z.enum(['P0', 'P1', 'P2']),
      delivered_by: z.enum(['autovideo', 'alertmanager']),
    }),
    annotations: z.record(z.string(), z.string()),
  }),
]);
const ruleFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), interval: z.enum(['30s', '1m']), rules: z.array(rule) })),
});

export type Rule = z.infer<typeof rule>;
export type Alert = Extract<Rule, { alert: string }>;

export function ruleFiles(): string[] {
  return readdirSync(RULES_FOLDER).map((name) => join(RULES_FOLDER, name));
}

export function allRules(): Rule[] {
  return ruleFiles().flatMap((path) =>
    ruleFile.parse(parse(readFileSync(path, 'utf8'))).groups.flatMap(({ rules }) => rules),
  );
}

export function allAlerts(): Alert[] {
  return allRules().flatMap((one) => ('alert' in one ? [one] : []));
}
