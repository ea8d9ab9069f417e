import { createHmac, randomUUID } from "node:crypto";
import { inject } from "vitest";

let lastRepoId = Math.floor(Date.now() / 1_000) * 1_000;

/** A repository that no other test knows. */
export function freshRepository() {
  lastRepoId += 1;
  const name = `repo-${lastRepoId}`;
  return {
    id: lastRepoId,
    name,
    full_name: `tests/${name}`,
    owner: { login: "tests" },
    private: false,
    archived: false,
    default_branch: "main",
    html_url: `https://github.com/tests/${name}`,
    url: `https://api.github.com/repos/tests/${name}`,
    updated_at: "2026-01-01T00:00:00Z",
    pushed_at: "2026-01-02T00:00:00Z",
  };
}
export type Repository = ReturnType<typeof freshRepository>;

/** A `workflow_run` payload; `change` overrides fields of the run. */
export function workflowRun(repository: Repository, change: Record<string, unknown> = {}) {
  const id = repository.id * 100 + 1;
  const run = {
    id,
    name: "CI",
    node_id: `WFR_${id}`,
    head_branch: "main",
    head_sha: "a".repeat(40),
    path: ".github/workflows/ci.yml",
    display_title: "Change something",
    run_number: 1,
    run_attempt: 1,
    event: "push",
    status: "completed",
    conclusion: "success",
    workflow_id: repository.id * 10,
    check_suite_id: id + 7,
    created_at: "2026-01-02T10:00:00Z",
    run_started_at: "2026-01-02T10:00:00Z",
    updated_at: "2026-01-02T10:20:00Z",
    url: `${repository.url}/actions/runs/${id}`,
    html_url: `${repository.html_url}/actions/runs/${id}`,
    actor: { login: "octavia" },
    pull_requests: [],
    head_commit: {
      id: "a".repeat(40),
      message: "Change something",
      timestamp: "2026-01-02T09:59:00Z",
      author: { name: "Octavia" },
    },
    head_repository: { id: repository.id, full_name: repository.full_name },
    repository: { id: repository.id, full_name: repository.full_name },
    ...change,
  };
  return { action: run.status, workflow_run: run, repository, sender: { login: "octavia" } };
}

/** What `deliver` may be told beside event and body. */
export type DeliveryOptions = {
  key?: string | null;
  signature?: string | null;
  secret?: string;
  headers?: Record<string, string>;
  contentType?: string;
};

/** Posts a webhook as GitHub does; a body that is no text is sent as JSON. */
export async function deliver(event: string | null, body: unknown, options: DeliveryOptions = {}): Promise<Response> {
  const { edgeUrl, githubSecret } = inject("stack");
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const signature = options.signature === undefined ? sign(bytes, options.secret ?? githubSecret) : options.signature;
  const key = options.key === undefined ? randomUUID() : options.key;
  return await fetch(`${edgeUrl}/github/webhook`, {
    method: "POST",
    headers: {
      "content-type": options.contentType ?? "application/json",
      ...(event === null ? {} : { "x-github-event": event }),
      ...(key === null ? {} : { "x-github-delivery": key }),
      ...(signature === null ? {} : { "x-hub-signature-256": signature }),
      ...options.headers,
    },
    body: new Uint8Array(bytes),
  });
}

/** `sha256=` and the HMAC of the bytes. */
export function sign(bytes: Uint8Array | string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`;
}
