import * as z from "zod";
import type { GithubFacts } from "../../../db/upserts/github/facts.ts";
import { parsed } from "../parsed.ts";
import { factsOfRef, RefEvent } from "./create-delete.ts";
import { parseParts } from "./parts.ts";
import { factsOfPull, PullRequestEvent } from "./pull-request.ts";
import { factsOfPush, PushEvent } from "./push.ts";
import { RepositoryEvent, repositoryChanged } from "./repository.ts";
import { factsOfJob, WorkflowJobEvent } from "./workflow-job.ts";
import { factsOfRun, factsOfWorkflow, WorkflowRunEvent } from "./workflow-run.ts";

const Payload = z.record(z.string(), z.unknown());
type Payload = z.infer<typeof Payload>;
type Facts = Partial<GithubFacts>;

/** The object under a key as it was sent, but for the parts that did not fit. */
export function sent(payload: Payload, key: string): Payload {
  return parsed(Payload, payload[key]);
}

function factsOfRepository(payload: Payload, arrival: string): Facts {
  return { repos: [repositoryChanged(parseParts(RepositoryEvent, payload), sent(payload, "repository"), arrival)] };
}

/** What each event writes (contract section 3); an event that is not listed writes nothing. */
const EVENTS: Record<string, (payload: Payload, arrival: string) => Facts | undefined> = {
  push: (payload, arrival) => factsOfPush(parseParts(PushEvent, payload), arrival),
  create: (payload, arrival) => factsOfRef(parseParts(RefEvent, payload), "create", arrival),
  delete: (payload, arrival) => factsOfRef(parseParts(RefEvent, payload), "delete", arrival),
  workflow_run(payload, arrival) {
    const { workflow_run: run, workflow, repository } = parseParts(WorkflowRunEvent, payload);
    return {
      ...factsOfRun(run, sent(payload, "workflow_run"), repository.id, arrival),
      ...(workflow ? factsOfWorkflow(workflow, sent(payload, "workflow"), repository.id, arrival) : {}),
    };
  },
  workflow_job(payload, arrival) {
    const { workflow_job: job, repository } = parseParts(WorkflowJobEvent, payload);
    return factsOfJob(job, sent(payload, "workflow_job"), repository.id, arrival);
  },
  repository: factsOfRepository,
  public: factsOfRepository,
  pull_request: (payload, arrival) => factsOfPull(parseParts(PullRequestEvent, payload), arrival),
};

/** Whether a delivery of this event may write anything. */
export function isReadEvent(event: string): boolean {
  return Object.hasOwn(EVENTS, event);
}

/** The facts of one delivery, or undefined when its event is ignored. Throws Rejection on a malformed payload. */
export function factsOfEvent(event: string, payload: Payload, arrival: string): Facts | undefined {
  return isReadEvent(event) ? EVENTS[event]?.(payload, arrival) : undefined;
}
