import type { Viewer } from '../auth/viewer.ts';
import type { LiveSource } from '../events/live-source.ts';
import { eventVariables } from '../execution/event-variables.ts';
import type { Plan } from '../execution/plan.ts';

/** What is asked of each event of a subscription. */
export interface Question {
  readonly plan: Plan;
  /** As the client gave them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Who asks, as of now: roles may come and go. */
  readonly viewer: Viewer | null;
  /** The result as JSON. */
  answer(event: unknown): Promise<string>;
}

/** One client among those who get the same answers. */
export interface Member {
  readonly question: Question;
  /** The last event that the client has got. */
  readonly seq: number;
  /** The answer is JSON in UTF-8. False where the client has much still to take: it is given no more then. */
  receive(seq: number, answer: Buffer): boolean;
  /** No more comes from here: the client goes on alone from its last event. */
  goAlone(): void;
  /** The source has ended. */
  end(): void;
  fail(thrown: unknown): void;
}

/**
 * One stream of events for all who get the same answers: the same events, asked the same by the same person with the same
 * rights. Each event is read, answered and written as JSON once, however many sockets are open.
 */
export class Broadcasts {
  readonly #byPlan = new WeakMap<Plan, Known>();
  #rightsChanges = 0;

  /** Gives what leaves again; null where the others are further on, and the member has to catch up first. */
  join(member: Member, source: LiveSource): (() => void) | null {
    const { plan, viewer, variables } = member.question;
    const { asked, broadcasts } = this.#knownOf(plan);
    const scope = scopeOf(viewer);
    const key = `${source.topic} ${scope} ${valuesOf(variables, asked)}`;
    // One that was left by all is told of its end later, when there may be another in its place.
    const onEnd = () => broadcasts.get(key) === broadcast && broadcasts.delete(key);
    const broadcast: Broadcast =
      broadcasts.get(key) ??
      new Broadcast({ source, scope, sent: member.seq, rightsChanges: () => this.#rightsChanges, onEnd });
    broadcasts.set(key, broadcast);
    return broadcast.join(member) ? () => broadcast.part(member) : null;
  }

  /** To be told when somebody who is connected may see more or less than before: nobody is looked at else. */
  rightsChanged(): void {
    this.#rightsChanges++;
  }

  #knownOf(plan: Plan): Known {
    const known = this.#byPlan.get(plan) ?? { asked: eventVariables(plan), broadcasts: new Map() };
    this.#byPlan.set(plan, known);
    return known;
  }
}

/** What is kept for one plan. */
interface Known {
  /** Names of the variables that matter to its answers: looking for them goes through the whole document. */
  readonly asked: readonly string[];
  readonly broadcasts: Map<string, Broadcast>;
}

interface BroadcastParts {
  readonly source: LiveSource;
  readonly scope: string;
  /** The last event that was given to everybody. */
  readonly sent: number;
  /** How often anybody's rights have changed. */
  readonly rightsChanges: () => number;
  /** Told before nobody can join any more. */
  readonly onEnd: () => void;
}

class Broadcast {
  readonly #parts: BroadcastParts;
  readonly #members = new Set<Member>();
  #sent: number;
  #rightsChanges: number;
  #events: ReturnType<LiveSource['open']> | undefined;

  constructor(parts: BroadcastParts) {
    this.#parts = parts;
    this.#sent = parts.sent;
    this.#rightsChanges = parts.rightsChanges();
  }

  join(member: Member): boolean {
    if (member.seq < this.#sent) return false;
    this.#members.add(member);
    if (!this.#events) void this.#run();
    return true;
  }

  part(member: Member): void {
    if (!this.#members.delete(member) || this.#members.size > 0) return;
    this.#parts.onEnd();
    this.#events?.return().catch(() => undefined); // whoever cares for what the source throws has left
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    this.#events = this.#parts.source.open({ after: this.#sent });
    try {
      for await (const event of this.#events) {
        this.#partWithOthers();
        const [first] = this.#members;
        if (!first) return;
        this.#give(event.seq, Buffer.from(await first.question.answer(event)));
      }
      // Who has read further has seen that the video was taken up again after its end.
      this.#dismiss((member) => (member.seq > this.#sent ? member.goAlone() : member.end()));
    } catch (thrown) {
      this.#dismiss((member) => member.fail(thrown));
    }
  }

  #give(seq: number, answer: Buffer): void {
    this.#sent = seq;
    for (const member of this.#members) {
      // Who came while the answer was made may have read the event already.
      if (member.seq >= seq || member.receive(seq, answer)) continue;
      this.part(member);
      member.goAlone();
    }
  }

  /** Who may see more or less than when they came gets other answers from now on. */
  #partWithOthers(): void {
    const changes = this.#parts.rightsChanges();
    if (changes === this.#rightsChanges) return;
    this.#rightsChanges = changes;
    for (const member of this.#members) {
      if (scopeOf(member.question.viewer) === this.#parts.scope) continue;
      this.part(member);
      member.goAlone();
    }
  }

  #dismiss(tell: (member: Member) => void): void {
    this.#parts.onEnd();
    for (const member of this.#members) tell(member);
    this.#members.clear();
  }
}

/** What rules and services ask about somebody. */
function scopeOf(viewer: Viewer | null): string {
  return viewer === null ? 'guest' : `${viewer.userId} ${viewer.roles.join()}`;
}

function valuesOf(variables: Question['variables'], names: readonly string[]): string {
  return JSON.stringify(names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));
}
