import { existsSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { type AlertRule, pageOf } from '../../src/services/alerts/alert-rule.ts';
import { ALERT_RULES } from '../../src/services/alerts/alert-rules.ts';

const page = readFileSync('docs/operations/alerts.md', 'utf8');

function within(minutes: number): string {
  if (minutes === 0) return 'at once';
  return minutes < 60 ? `${minutes} min` : `${minutes / 60} h`;
}

function lineOf({ name, priority, when, respondWithinMinutes, actionRequired, page: more }: AlertRule): string {
  const first = more === undefined ? actionRequired : `${actionRequired} [More](${more})`;
  return `| \`${name}\` | ${priority} | ${when} | ${within(respondWithinMinutes)} | ${first} |`;
}

it('The page of the alerts has every rule as it is, and no other', () => {
  expect(page.match(/^\| `[a-z-]+` \| P.*$/gm)).toEqual(ALERT_RULES.map(lineOf));
});

it('The page that an alert names exists, with its paragraph', () => {
  for (const rule of ALERT_RULES) {
    const [file = '', paragraph] = pageOf(rule).split('#');
    expect(existsSync(`docs/operations/${file}`), pageOf(rule)).toBe(true);
    if (paragraph !== undefined) expect(page).toContain(`\n### ${paragraph}\n`);
  }
});

it('The documents on the page are valid', () => {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const [text = ''] = page.match(/(?<=^```graphql\n)[^`]*/m) ?? [];
  expect(validate(schema, parse(text))).toEqual([]);
});
