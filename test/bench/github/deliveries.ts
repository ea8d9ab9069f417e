import { createHash } from "node:crypto";
import { join } from "node:path";
import * as z from "zod";
import { readSequences } from "../../conformance/github/sequence.ts";

/** A webhook ready to be signed. */
export type Delivery = { event: string; body: Buffer };

const RECORDED = join(import.meta.dirname, "..", "..", "conformance", "recordings", "github", "webhooks");
const WORKFLOWS = 12;
const RUNS_A_COMMIT = 6;
const BEGIN = Date.UTC(2026, 0, 1);

const Thing = z.record(z.string(), z.unknown());
type Thing = z.infer<typeof Thing>;

/** GitHub's own published examples, whose sizes are those of real deliveries. */
const RUN = payloadOf("published-example-workflow-run", "workflow_run");
const PUSH = payloadOf("published-example-push-create-delete", "push");
const JOB = payloadOf("run-lifecycle-with-job", "workflow_job");

function payloadOf(sequence: string, event: string): Thing {
  const found = readSequences(RECORDED).find(({ name }) => name === sequence);
  return Thing.parse(found?.deliveries.find((delivery) => delivery.event === event)?.payload);
}

/** The nth delivery of a busy repository: 79 % workflow_run, 12 % workflow_job, 9 % push, in a fixed, mixed order. */
export function mixedDelivery(repoId: number, n: number): Delivery {
  const lot = (n * 37) % 100;
  if (lot < 79) return runDelivery(repoId, Math.floor(n / 3), (["queued", "in_progress", "completed"] as const)[n % 3]);
  return lot < 91 ? jobDelivery(repoId, n) : pushDelivery(repoId, n);
}

/** A `workflow_run` of the nth run: 12 workflows, 6 runs a commit, two fifths of the commits on main. */
export function runDelivery(repoId: number, n: number, status: Status = "completed"): Delivery {
  const at = instant(n * 60);
  const name = `Workflow ${n % WORKFLOWS}`;
  const run = {
    ...Thing.parse(RUN.workflow_run),
    name,
    status,
    conclusion: status === "completed" ? "success" : null,
    run_number: n,
    created_at: at,
    run_started_at: at,
    updated_at: instant(n * 60 + { queued: 0, in_progress: 20, completed: 900 }[status]),
  };
  const action = status === "queued" ? "requested" : status;
  const workflow = { ...Thing.parse(RUN.workflow), name, path: `.github/workflows/w${n % WORKFLOWS}.yml` };
  return placed("workflow_run", { ...RUN, action, workflow_run: run, workflow }, repoId, n);
}
type Status = "queued" | "in_progress" | "completed";

function jobDelivery(repoId: number, n: number): Delivery {
  const job = { ...Thing.parse(JOB.workflow_job), id: runIdOf(repoId, n) * 10, run_id: runIdOf(repoId, n) };
  const { repository, organization, sender } = RUN;
  const payload = { ...JOB, action: "in_progress", workflow_job: job, repository, organization, sender };
  return placed("workflow_job", payload, repoId, n);
}

function pushDelivery(repoId: number, n: number): Delivery {
  const head = Thing.parse(Thing.parse(RUN.workflow_run).head_commit);
  const { repository, organization, sender } = RUN;
  const change = { ref: "refs/heads/master", after: head.id, commits: [head], head_commit: head };
  return placed("push", { ...PUSH, ...change, repository, organization, sender }, repoId, n);
}

/** Ids, names and hashes of the published example, wherever they stand. */
const NAMES =
  /octo-org\/octo-repo|300029405|289782451|2823525|3484a3fb816e0859fd6e1cea078d76385ff50625|"master"|heads\/master/g;

function placed(event: string, payload: Thing, repoId: number, n: number): Delivery {
  const k = Math.floor(n / RUNS_A_COMMIT);
  const branch = k % 5 < 2 ? "main" : `topic-${k % 30}`;
  const names: Record<string, string> = {
    "octo-org/octo-repo": `octo-org/repo-${repoId}`,
    "300029405": String(repoId),
    "289782451": String(runIdOf(repoId, n)),
    "2823525": String(repoId * 100 + (n % WORKFLOWS)),
    "3484a3fb816e0859fd6e1cea078d76385ff50625": createHash("sha1").update(`${repoId} ${k}`).digest("hex"),
    '"master"': JSON.stringify(branch),
    "heads/master": `heads/${branch}`,
  };
  return { event, body: Buffer.from(JSON.stringify(payload).replace(NAMES, (name) => names[name] ?? name)) };
}

function runIdOf(repoId: number, n: number): number {
  return repoId * 1_000_000 + n;
}

function instant(second: number): string {
  return new Date(BEGIN + second * 1_000).toISOString();
}
