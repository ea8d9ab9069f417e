import type { Message } from "@aws-sdk/client-sqs";

/** How long one look at the database counts. */
const LOOK_MS = 1_000;
/** What lies in a queue longer than its retention is lost: long before, an outage lets all of it be sent on once. */
const REFRESH_MS = 12 * 3_600_000;

/** Whether pollers may receive, as far as the part their functions need is there. */
export type Pause = {
  /** False while that part is away; asked before each receive. */
  mayReceive(): Promise<boolean>;
  /** Told of each batch that was received. */
  received(batch: readonly Message[]): void;
};

/**
 * Pauses receiving while `isThere` says no, so that an outage costs one look a second and what lies in the queue comes at once
 * when it is over. Every twelve hours the queue is received to its end all the same: its messages are sent on as new ones.
 */
export function pauseWhileAway(isThere: () => Promise<boolean>, onChange: (isThere: boolean) => void): Pause {
  let look = { at: Number.NEGATIVE_INFINITY, answer: Promise.resolve(true) };
  let wasThere = true;
  let refreshedAt = 0;
  let refreshingSince: number | undefined;

  async function isThereNow(): Promise<boolean> {
    if (Date.now() - look.at >= LOOK_MS) look = { at: Date.now(), answer: isThere().catch(() => false) };
    const answer = await look.answer;
    if (answer === wasThere) return answer;
    wasThere = answer;
    refreshedAt = Date.now();
    refreshingSince = undefined;
    onChange(answer);
    return answer;
  }

  return {
    async mayReceive() {
      if (await isThereNow()) return true;
      if (Date.now() - refreshedAt > REFRESH_MS) refreshingSince ??= Date.now();
      return refreshingSince !== undefined;
    },
    received(batch) {
      const since = refreshingSince;
      if (since === undefined || batch.some(({ Attributes }) => Number(Attributes?.SentTimestamp) < since)) return;
      refreshingSince = undefined;
      refreshedAt = Date.now();
    },
  };
}
