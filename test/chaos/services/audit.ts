import type { LostAnswerPolicy } from '../../../src/jobs/worker/leased-ledger.ts';
import type { Bill } from './bills.ts';
import type { LedgerAttempt, VideoLimit } from './ledger-rows.ts';

/** What differs between the services' bills and the ledger, as sentences: nothing may. */
export interface Differences {
  /** Calls that were billed and are in no attempt. */
  readonly missing: readonly string[];
  /** Attempts that cost something else than what was billed, or that never ended. */
  readonly wrong: readonly string[];
  /** Contents that were paid a second time although the policy does not allow it. */
  readonly twice: readonly string[];
  /** Videos that cost more than their limit. */
  readonly overLimit: readonly string[];
}

/** Compares bill by bill. A bill belongs to the attempt at its content during which its call arrived. */
export function differences(
  bills: readonly Bill[],
  attempts: readonly LedgerAttempt[],
  videos: readonly VideoLimit[],
  policy: LostAnswerPolicy,
): Differences {
  const { billed, missing } = assigned(bills, attempts);
  const billsOf = (attempt: LedgerAttempt) => billed.get(attempt.id) ?? [];
  return {
    missing: missing.map((bill) => `${keyOf({ ...bill.content })}: ${bill.cost} at ${bill.service}`),
    wrong: attempts.flatMap((attempt) => {
      const fault = faultOf(attempt, billsOf(attempt));
      return fault === undefined ? [] : [`${keyOf(attempt)}: ${attempt.state}, ${fault}`];
    }),
    twice: [...Map.groupBy(attempts, ({ videoId, stage, scene }) => `${videoId} ${stage} ${scene}`).values()].flatMap(
      (all) =>
        paidTwice(
          all.filter((attempt) => sumOf(billsOf(attempt)) > 0),
          policy,
        ),
    ),
    overLimit: videos.flatMap(({ id, limit }) => {
      const own = attempts.filter(({ videoId }) => videoId === id);
      const inLedger = sumOf(own);
      const onBills = sumOf(own.flatMap(billsOf));
      return limit === null || Math.max(inLedger, onBills) <= limit
        ? []
        : [`${id}: ${inLedger} in the ledger and ${onBills} on the bills of ${limit}`];
    }),
  };
}

type Key = Pick<LedgerAttempt, 'stage' | 'video' | 'scene' | 'provider'>;

function keyOf({ provider, stage, video, scene }: Key): string {
  return `${provider} ${stage} ${video} ${scene}`;
}

function sumOf(list: readonly { readonly cost: number }[]): number {
  return list.reduce((sum, { cost }) => sum + cost, 0);
}

/** The clocks of the fakes and of the database are the same machine's; they are read at slightly different times. */
const SLACK_MS = 50;

function assigned(bills: readonly Bill[], attempts: readonly LedgerAttempt[]) {
  const byKey = Map.groupBy(attempts, keyOf);
  const billed = new Map<string, Bill[]>();
  const missing: Bill[] = [];
  for (const bill of bills) {
    const candidates = byKey.get(keyOf(bill.content)) ?? [];
    const during = candidates.findLast(({ sentAt, endedAt }) => sentAt - SLACK_MS <= bill.at && bill.at <= endedAt);
    // A worker that was frozen between its commit and its request sends it later: its attempt has become UNCERTAIN meanwhile.
    const late = candidates.find(
      ({ id, state, sentAt }) => state === 'UNCERTAIN' && sentAt < bill.at && !billed.has(id),
    );
    const attempt = during ?? late;
    if (attempt) billed.set(attempt.id, [...(billed.get(attempt.id) ?? []), bill]);
    else missing.push(bill);
  }
  return { billed, missing };
}

/** What is wrong with what the attempt costs; undefined where nothing is. */
function faultOf({ state, cost }: LedgerAttempt, bills: readonly Bill[]): string | undefined {
  const billed = sumOf(bills);
  const own = bills.filter(({ content }) => !content.isTranscript);
  const areAnswered = bills.every(({ isAnswered }) => isAnswered);
  if (state === 'SENT') return 'it has never ended';
  if (cost < billed) return `${cost} of ${billed} that were billed`;
  if (own.length > 1) return `${own.length} calls in one attempt`;
  if (state === 'UNCERTAIN') return undefined;
  if (state === 'SETTLED' && sumOf(own) === 0) return `${cost} for a call that was never billed`;
  // A transcript that was lost counts with the most that it can cost.
  return areAnswered && cost !== billed ? `${cost} instead of ${billed}` : undefined;
}

/** The work was interrupted, so that it is not known whether the answer was received. */
function isInterrupted({ errorCode }: LedgerAttempt): boolean {
  return errorCode === null || errorCode === 'CANCELED' || errorCode === 'LEASE_LOST';
}

/** `paid` are the attempts at one content that were billed, in their order. */
function paidTwice(paid: readonly LedgerAttempt[], policy: LostAnswerPolicy): string[] {
  return paid.flatMap((later, index) =>
    paid.slice(0, index).flatMap((earlier) => {
      const reason = forbidden(earlier, later, policy);
      return reason === undefined ? [] : [`${keyOf(later)}: paid again ${reason}`];
    }),
  );
}

/** Why the second one should not have been made; undefined where it was allowed. */
function forbidden(earlier: LedgerAttempt, later: LedgerAttempt, policy: LostAnswerPolicy): string | undefined {
  // A film has one voice: another one speaks all scenes anew.
  const isSame = earlier.generationId === later.generationId;
  if (earlier.state === 'SETTLED') return isSame ? 'although the content was there' : undefined;
  // Each run was started by a user, who has decided.
  if (policy === 'resend' || later.run > earlier.run) return undefined;
  if (isInterrupted(earlier)) return `although ${earlier.provider} may have made it`;
  return later.provider === earlier.provider ? 'by the same provider' : undefined;
}
