import { describe, expect, it } from 'vitest';
import { differences } from './audit.ts';
import type { Bill } from './bills.ts';
import type { LedgerAttempt } from './ledger-rows.ts';

const CONTENT = {
  stage: 'SPEECH',
  video: 'Zobababade',
  scene: 'first',
  provider: 'openai',
  isTranscript: false,
} as const;
const BILL: Bill = { service: 'openai', content: CONTENT, cost: 13, isAnswered: true, at: 1_500 };
const TRANSCRIPT: Bill = {
  ...BILL,
  service: 'elevenlabs',
  content: { ...CONTENT, isTranscript: true },
  cost: 2,
  at: 1_700,
};
const ATTEMPT: LedgerAttempt = {
  id: 'a1',
  videoId: 'v1',
  generationId: 'g1',
  stage: 'SPEECH',
  video: 'Zobababade',
  scene: 'first',
  provider: 'openai',
  run: 1,
  state: 'SETTLED',
  errorCode: null,
  cost: 15,
  sentAt: 1_000,
  endedAt: 2_000,
};
/** Of another attempt at the same content. */
const LATER: LedgerAttempt = { ...ATTEMPT, id: 'a2', sentAt: 3_000, endedAt: 4_000, cost: 13 };
const LATER_BILL: Bill = { ...BILL, at: 3_500 };
const NONE = { missing: [], wrong: [], twice: [], overLimit: [] };

const audit = (bills: readonly Bill[], attempts: readonly LedgerAttempt[], policy: 'ask' | 'resend' = 'ask') =>
  differences(bills, attempts, [{ id: 'v1', ownerId: 'o1', limit: 28 }], policy);

describe('The comparison of bills with the ledger', () => {
  it('finds nothing where each call is in its attempt at its cost', () => {
    expect(audit([BILL, TRANSCRIPT], [ATTEMPT])).toEqual(NONE);
    const lost = { ...ATTEMPT, state: 'UNCERTAIN', errorCode: 'OPENAI_TIMEOUT', cost: 20 };
    expect(audit([{ ...BILL, isAnswered: false }], [lost])).toEqual(NONE);
  });

  it('finds a bill that is in no attempt', () => {
    expect(audit([BILL, TRANSCRIPT, LATER_BILL], [ATTEMPT]).missing).toHaveLength(1);
    expect(audit([BILL, TRANSCRIPT, { ...BILL, content: { ...CONTENT, scene: 'second' } }], [ATTEMPT]).missing).toEqual(
      ['openai SPEECH Zobababade second: 13 at openai'],
    );
  });

  it.each<[string, readonly Bill[], LedgerAttempt]>([
    ['costs less than the bill', [BILL, TRANSCRIPT], { ...ATTEMPT, cost: 13 }],
    ['costs more than the bill', [BILL, TRANSCRIPT], { ...ATTEMPT, cost: 16 }],
    ['was lost and costs less than the bill', [BILL], { ...ATTEMPT, state: 'UNCERTAIN', cost: 12 }],
    ['was refused and is billed', [BILL], { ...ATTEMPT, state: 'REFUSED', cost: 0 }],
    ['was settled and never billed', [], ATTEMPT],
    ['has never ended', [BILL, TRANSCRIPT], { ...ATTEMPT, state: 'SENT', endedAt: Number.POSITIVE_INFINITY }],
    ['has two calls', [BILL, { ...BILL, at: 1_600, cost: 2 }], ATTEMPT],
  ])('finds an attempt that %s', (_what, bills, attempt) => {
    expect(audit(bills, [attempt]).wrong).toHaveLength(1);
  });

  it('finds a content that was paid again: only after a decision of its user, or elsewhere after a failure', () => {
    const paidAgain = (
      earlier: Partial<LedgerAttempt>,
      later: Partial<LedgerAttempt> = {},
      policy: 'ask' | 'resend' = 'ask',
    ) => {
      const next = { ...LATER, ...later };
      const bill = { ...LATER_BILL, content: { ...CONTENT, provider: next.provider } };
      return audit([BILL, bill], [{ ...ATTEMPT, cost: 13, ...earlier }, next], policy).twice.length;
    };
    const [lost, crashed] = [
      { state: 'UNCERTAIN', errorCode: 'OPENAI_TIMEOUT' },
      { state: 'UNCERTAIN', errorCode: null },
    ];
    const elsewhere = { provider: 'claude' };
    expect(paidAgain({}), 'it was there').toBe(1);
    expect(paidAgain({}, {}, 'resend'), 'it was there').toBe(1);
    expect(paidAgain(lost), 'by the same provider').toBe(1);
    expect(paidAgain(lost, elsewhere)).toBe(0);
    expect(paidAgain(crashed, elsewhere), 'perhaps it was received').toBe(1);
    const anotherVoice = { provider: 'elevenlabs', generationId: 'g2' };
    expect(paidAgain({}, anotherVoice), 'a film has one voice').toBe(0);
    expect(paidAgain(crashed, anotherVoice), 'perhaps it was received').toBe(1);
    expect(paidAgain(crashed, { run: 2 })).toBe(0);
    expect(paidAgain(crashed, {}, 'resend')).toBe(0);
  });

  it('finds a video that costs more than its limit', () => {
    const again = { ...LATER, run: 2, cost: 16 };
    const lost = { ...ATTEMPT, state: 'UNCERTAIN', errorCode: null, cost: 13 };
    expect(audit([BILL, { ...LATER_BILL, cost: 16 }], [lost, again]).overLimit).toEqual([
      'v1: 29 in the ledger and 29 on the bills of 28',
    ]);
    expect(audit([BILL, { ...LATER_BILL, cost: 15 }], [lost, { ...again, cost: 15 }])).toEqual(NONE);
  });
});
