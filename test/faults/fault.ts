import type { Pool } from "pg";
import type { Stack, StackOptions, StackPart, StackPorts } from "../../dev/stack.ts";
import type { Audit } from "./audit.ts";
import type { TableRows } from "./model/rows.ts";
import type { Source } from "./model/stored.ts";
import type { Random } from "./random.ts";
import type { Sender } from "./sender.ts";
import type { Delivery } from "./story.ts";

/** How large a fault is: the short form differs from the long one in nothing else. */
export type Scale = { rate: number; seconds: number; outageMs: number; kills: number };

/** What a fault has to work with: its own stack under load. */
export type Scene = {
  stack: Stack;
  sender: Sender;
  pool: Pool;
  /** The deliveries to send, in the order in which they happened. */
  load: readonly Delivery[];
  random: Random;
  scale: Scale;
  /** The stack's data folder, which holds the key of its issuer. */
  dataDir: string;
  /** Process id of a part as it was last started. */
  pidOf(part: StackPart): number;
  /** Resolves once all that was accepted is settled and the queues are empty; returns what did not settle in time. */
  settled(): Promise<string[]>;
};

/** What stands between the parts of a stack: further variables for them, and how it ends. */
export type Between = { env: Readonly<Record<string, string>>; stop(): Promise<void> };

/** One fault, injected while deliveries are sent. */
export type Fault = {
  name: string;
  /** Whose load it is; GitHub's unless said otherwise. */
  source?: Source;
  /** What is sent, in the order in which it happened; the story of all faults unless said otherwise. */
  load?(seed: number, scale: Scale): readonly Delivery[];
  /** The rows that must be left when they come of something else than the load: a model of its own computes them. */
  reference?(): TableRows;
  /** What this machine lacks for it: such a fault is not run. */
  missing?(): string | undefined;
  /** Belongs to the short form. */
  quick: boolean;
  /** Ends the consumer itself; in all other faults it must live on. */
  killsConsumer?: boolean;
  /** What its stack differs in. */
  stack?: Pick<StackOptions, "mode" | "functions" | "livenessSeconds" | "env">;
  visibilityTimeoutSeconds?: number;
  maxReceiveCount?: number;
  /** Starts what must stand between the parts before the stack starts. */
  between?(ports: StackPorts, random: Random): Promise<Between>;
  /** Sends the load and injects the fault; resolves when both are over, with what was wrong meanwhile. */
  run(scene: Scene): Promise<string[]>;
  /** Looks at what only this fault shows, once all is settled. */
  check?(scene: Scene): Promise<string[]>;
  /** Compares all that is left with what was acknowledged, for a fault that sends no deliveries. */
  audit?(scene: Scene): Promise<Audit>;
};
