import * as z from "zod";

/** Body of the messages that say that a source's mails wait in the outbox (kind `outbox`), version 1: they are all alike. */
export const OutboxMessage = z.strictObject({ v: z.literal(1) });

/** What such a task is, but for its id, source and trace. */
export const OUTBOX_TASK = { kind: "outbox", body: { v: 1 } satisfies z.infer<typeof OutboxMessage> };
