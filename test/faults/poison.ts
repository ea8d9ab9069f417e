import { randomUUID } from "node:crypto";
import type { Delivery } from "./story.ts";

type Change = { event: string; body: string };

const run = (repoId: number, change: Record<string, unknown>): Record<string, unknown> => ({
  action: "completed",
  workflow_run: {
    id: repoId * 1_000 + 1,
    run_attempt: 1,
    status: "completed",
    conclusion: "success",
    created_at: "2026-03-01T08:00:00Z",
    updated_at: "2026-03-01T08:00:00Z",
    ...change,
  },
  repository: { id: repoId, full_name: "foundry/poison" },
});
const json = (repoId: number, change: Record<string, unknown>): Change => ({
  event: "workflow_run",
  body: JSON.stringify(run(repoId, change)),
});

/** Text of random letters that no index entry can hold, whatever compression does. */
const longName = () => Array.from({ length: 600 }, randomUUID).join("");

/** Payloads the edge takes, since it only asks for a JSON object, and what is wrong with each. */
const POISON: Record<string, (repoId: number) => Change> = {
  "run-id-is-text": (repoId) => json(repoId, { id: "one" }),
  "run-id-beyond-exact-numbers": (repoId) => json(repoId, { id: 2 ** 60 }),
  "status-is-an-object": (repoId) => json(repoId, { status: { text: "completed" } }),
  "instant-is-a-word": (repoId) => json(repoId, { updated_at: "yesterday" }),
  "instant-beyond-the-calendar": (repoId) => json(repoId, { created_at: "0000-01-01T00:00:00Z" }),
  "nul-character": (repoId) => json(repoId, { name: "CI\u0000" }),
  "lone-surrogate": (repoId) => json(repoId, { name: "CI \ud83d" }),
  "name-beyond-an-index": (repoId) => json(repoId, { head_branch: longName() }),
  "too-deep": (repoId) => ({
    event: "workflow_run",
    body: `{"workflow_run":${"[".repeat(40_000)}${"]".repeat(40_000)},"repository":{"id":${repoId}}}`,
  }),
  "no-repository": () => ({ event: "push", body: '{"ref":"refs/heads/main"}' }),
  "commits-are-a-number": () => ({ event: "push", body: '{"ref":"refs/heads/main","commits":7,"repository":{}}' }),
};

/** A delivery that must be refused; which kind it is follows from its number. */
export function poisonOf(number: number, key: string, repoId: number): Delivery {
  const kinds = Object.entries(POISON);
  const [poison, make] = kinds[Math.floor(number / 10) % kinds.length] ?? ["", () => ({ event: "", body: "" })];
  return { key, repoId, poison, ...make(repoId) };
}

/** A message put straight into the queue; without a key it is known by the id the queue gives it. */
export type PoisonMessage = { name: string; text: string; key?: string };

/** Messages that receipt never makes: not JSON, of another version, with a field too many or a body that is none. */
export function poisonMessages(): PoisonMessage[] {
  const envelope = () => ({
    v: 1,
    receiptId: randomUUID(),
    source: "github",
    kind: "webhook",
    key: randomUUID(),
    event: "push",
    receivedAt: new Date().toISOString(),
    trace: "",
    contentType: "application/json",
    sizeBytes: 2,
    body: { at: "inline", base64: "bm8gZ3ppcA==" },
  });
  const spoilt = (name: string, change: Record<string, unknown>): PoisonMessage => {
    const message = { ...envelope(), ...change };
    // Queues refuse some characters, but not their escapes.
    const escaped = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
    return { name, text: JSON.stringify(message).replace(/[^\x20-\x7e]/g, escaped), key: message.key };
  };
  const fromTheFuture = spoilt("version-2", { v: 2 });
  return [
    { name: "not-json", text: "this is no JSON" },
    { name: "a-json-text", text: '"text"' },
    // Twice, as a queue may deliver: both can come in one batch.
    fromTheFuture,
    fromTheFuture,
    spoilt("a-field-too-many", { more: true }),
    // Refusals whose reason, taken as it is, could not be stored either.
    spoilt("nul-in-a-field-name", { "more\u0000": true }),
    spoilt("version-of-thousands-of-emoji", { v: `\ud83d${"🙂".repeat(3_000)}` }),
    spoilt("a-kind-nobody-handles", { kind: "telegram" }),
    spoilt("a-body-that-is-no-gzip", {}),
    spoilt("a-body-that-is-gone", { body: { at: "store", objectKey: "raw/github/2026/03/01/gone.gz" } }),
  ];
}
