import { beforeAll, expect, inject, it } from 'vitest';
import { TestApp } from '../../helpers/app.ts';
import { useInstallation } from '../../helpers/fixtures.ts';
import { OwnPostgres } from '../../helpers/own-postgres.ts';
import { until as untilIn } from '../../helpers/until.ts';
import { useNotifiedServices } from './fake-services.ts';

const SLOW = 200_000;
/** A round in which something fails takes four checks, of a second each where the other side is silent; longer on a busy machine. */
const ROUNDS_SECONDS = 60;
const until = (what: string, holds: () => boolean | Promise<boolean>) => untilIn(what, holds, ROUNDS_SECONDS);
const TIMES = { everyMs: 300, recheckMs: 300, goodMs: 1_000 };
const LOST = 'PostgreSQL';

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await OwnPostgres.start(inject('cluster'));
  return () => postgres.remove();
}, SLOW);
const services = useNotifiedServices();
const installation = useInstallation(() => ({ ...services().settings, DATABASE_URL: postgres.url }));

const apps: TestApp[] = [];
const start = async () => {
  apps.push(await TestApp.start({ installation, worker: false, alertTimes: TIMES }));
};
beforeAll(async () => {
  await start();
  await start();
  return async () => {
    await Promise.all(apps.map((app) => app.close()));
  };
}, SLOW);

/** What each service has of the loss, or of its end. */
function announced(headline: 'P0: ' | 'P0 resolved: ') {
  const mails = services().smtp.mails.map((mail) => JSON.stringify(mail));
  const messages = services().slack.requests.map(({ body }) => body.toString());
  const count = (texts: readonly string[]) =>
    texts.filter((text) => text.includes(headline) && text.includes(LOST)).length;
  return { slack: count(messages), mail: count(mails) };
}
/** The states of PagerDuty's incidents; that of the loss is the first. */
const incidents = () => [...services().incidents.values()];
const alerts = async () =>
  await installation.db
    .em()
    .execute<{ open: boolean; notified: boolean }[]>(
      "select resolved_at is null as open, notified_at is not null as notified from alerts where rule = 'database-lost'",
    );

it(
  'The loss of PostgreSQL, in which alerts are stored, is announced once by every service and through a restart, and so is its end',
  async () => {
    await postgres.crash();
    await until('all services have it', () => {
      const { slack, mail } = announced('P0: ');
      return slack === 1 && mail === 1 && incidents().length === 1;
    });
    expect(incidents()).toEqual(['trigger']);
    const [{ body } = expect.fail('no message')] = services().slack.requests;
    expect(body.toString()).toMatch(/"text":"P0: PostgreSQL cannot be reached(?: \([A-Z0-9]+\))?\."/);
    // The process that announced it may be this one.
    await apps.shift()?.close();
    const [left] = apps;
    const rounds = () => left?.log.filter(({ alert }) => alert === 'database-lost').length ?? 0;
    await until('the other one knows', () => rounds() === 1);
    await postgres.resume();
    await start();
    await until('it is resolved', async () => (await alerts()).some(({ open }) => !open));
    await until('all services have the end', () => {
      const { slack, mail } = announced('P0 resolved: ');
      return slack === 1 && mail === 1 && incidents()[0] === 'resolve';
    });
    expect(await alerts()).toEqual([{ open: false, notified: true }]);
    expect([announced('P0: '), announced('P0 resolved: ')]).toEqual([
      { slack: 1, mail: 1 },
      { slack: 1, mail: 1 },
    ]);
    expect(incidents()[0]).toBe('resolve');
  },
  SLOW,
);
