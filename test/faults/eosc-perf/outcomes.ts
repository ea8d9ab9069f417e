import type { Row } from "../model/rows.ts";

/** All that a write leaves: the rows of what it is about, and the events of the mails that it causes, sorted. */
export type Outcome = { rows: readonly Row[]; mails: readonly string[] };

export type Kind = "user" | "site" | "result";

/** Something that writers make and change; `id` and `claim` are the ids that were answered. */
export type Thing = {
  kind: Kind;
  /** Unique text that its rows hold, so that it is found when no id was answered. */
  name: string;
  id?: string;
  claim?: string;
  /** What may be left: one outcome when all writes were acknowledged, two when the last one was not. */
  outcomes: readonly Outcome[];
};

const ABSENT: Outcome = { rows: [], mails: [] };

/** What an API answered; undefined when no answer came. */
export type Answer = { status: number; id: string | undefined } | undefined;

/** Writes that were sent, those that were acknowledged, and answers that no writer should get. */
export type Tally = { sent: number; acknowledged: number; unanswered: number; things: Thing[]; wrong: string[] };

export const newTally = (): Tally => ({ sent: 0, acknowledged: 0, unanswered: 0, things: [], wrong: [] });

/** Something new, which is not there yet. */
export function begin(tally: Tally, kind: Kind, name: string): Thing {
  const thing: Thing = { kind, name, outcomes: [ABSENT] };
  tally.things.push(thing);
  return thing;
}

/**
 * Sends one write about a thing. Acknowledged, it leaves what `change` makes; without an answer (or with 503) it leaves
 * either that or nothing. Returns the answer to an acknowledged write only.
 */
export async function attempt(
  tally: Tally,
  thing: Thing,
  send: () => Promise<Answer>,
  change: (before: Outcome) => Outcome,
): Promise<Answer> {
  const before = thing.outcomes;
  const after = before.map(change);
  thing.outcomes = [...before, ...after];
  tally.sent += 1;
  const answer = await send();
  if (answer !== undefined && answer.status < 300) {
    tally.acknowledged += 1;
    thing.outcomes = after;
    return answer;
  }
  tally.unanswered += 1;
  if (answer !== undefined && answer.status !== 503)
    tally.wrong.push(`${thing.name} was answered with ${answer.status}`);
  return undefined;
}

/** An outcome whose rows change, and which causes further mails. */
export function changed(before: Outcome, change: (row: Row) => Row, ...mails: string[]): Outcome {
  return { rows: before.rows.map(change), mails: [...before.mails, ...mails].sort() };
}
