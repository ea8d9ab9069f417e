import type { Database } from "../../db/client.ts";
import type { Envelope } from "../messages/envelope.ts";
import type { ObjectStore } from "../messages/object-store.ts";
import type { Config } from "./config.ts";
import { eoscPerfResults } from "./eosc-perf/results.ts";
import { githubWebhook } from "./github/webhook.ts";
import { kernelciSubmission } from "./kernelci/submission.ts";
import { Rejection } from "./outcome.ts";
import { qaboardPush } from "./qaboard/push.ts";

/** What a kind makes of one body: how it counts, and what there is to write. */
export type Reading<Item> = {
  outcome: "applied" | "ignored";
  item: Item;
  /** Characters of free text that were replaced, since Postgres can't store them. */
  replaced?: number;
};

/** How a body counts. */
export type Counted = Required<Omit<Reading<unknown>, "item">>;

/**
 * How one kind of message is ingested. `read` looks at a body alone and throws Rejection when it can never be stored;
 * `keep` puts parts of it into the object store first, and may do so twice; `store` writes what a whole batch says, in the
 * caller's transaction, and may find out only then and throw it as well.
 */
export interface Kind<Item> {
  read(envelope: Envelope, body: Uint8Array<ArrayBuffer>, config: Config): Reading<Item>;
  keep?(item: Item, config: Config, objects: ObjectStore): Promise<Item>;
  store(tx: Database, items: readonly Item[]): Promise<void>;
}

/** One batch of one kind: bodies are read into it one by one, then kept as their kind asks, then those that were claimed are written together. */
export interface KindBatch {
  read(envelope: Envelope, body: Uint8Array<ArrayBuffer>): Counted;
  keep(receiptId: string, objects: ObjectStore): Promise<void>;
  store(tx: Database, receiptIds: ReadonlySet<string>): Promise<void>;
}

function batchOf<Item>(kind: Kind<Item>, config: Config): KindBatch {
  const items = new Map<string, Item>();
  return {
    read(envelope, body) {
      const { outcome, item, replaced = 0 } = kind.read(envelope, body, config);
      items.set(envelope.receiptId, item);
      return { outcome, replaced };
    },
    async keep(receiptId, objects) {
      const item = items.get(receiptId);
      if (item !== undefined && kind.keep !== undefined) items.set(receiptId, await kind.keep(item, config, objects));
    },
    async store(tx, receiptIds) {
      const claimed = [...items].filter(([receiptId]) => receiptIds.has(receiptId)).map(([, item]) => item);
      if (claimed.length > 0) await kind.store(tx, claimed);
    },
  };
}

/** Every kind this consumer knows, by `source.kind`. */
const KINDS: Record<string, (config: Config) => KindBatch> = {
  "eosc-perf.results": (config) => batchOf(eoscPerfResults, config),
  "github.webhook": (config) => batchOf(githubWebhook, config),
  "kernelci.submission": (config) => batchOf(kernelciSubmission, config),
  "qaboard.push": (config) => batchOf(qaboardPush, config),
};

/** A fresh batch for the kind of an envelope; throws Rejection for a kind nobody handles. */
export function openBatch({ source, kind }: Envelope, config: Config): KindBatch {
  const open = KINDS[`${source}.${kind}`];
  if (open === undefined) throw new Rejection(`nothing handles ${source}.${kind}`);
  return open(config);
}
