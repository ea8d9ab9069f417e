/** A payload GitHub would send. */
export type Payload = Record<string, unknown>;

/** One of the repositories the load speaks of; `pushedAt` in seconds of the story. */
export type Repo = { id: number; name: string; pushedAt: number };

const BEGIN = Date.UTC(2026, 2, 1, 8) / 1_000;
/** Most of the links that a repository object carries. */
const LINKS = [
  ...["archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents"],
  ...["contributors", "deployments", "downloads", "events", "forks", "git_commits", "git_refs", "git_tags", "hooks"],
  ...["issue_comment", "issue_events", "issues", "keys", "labels", "languages", "merges", "milestones", "pulls"],
  ...["releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams", "trees"],
];
export const SENDER = { login: "octavia", id: 101, type: "User" };

/** A second of the story as GitHub writes an instant. */
export const instant = (second: number) => new Date((BEGIN + second) * 1_000).toISOString().replace(".000Z", "Z");

/** The object `repository`; a push tells `pushed_at` in seconds, everything else as text. */
export function repository({ id, name, pushedAt }: Repo, asSeconds = false) {
  const api = `https://api.github.com/repos/foundry/${name}`;
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: `foundry/${name}`,
    private: false,
    archived: false,
    default_branch: "main",
    owner: { login: "foundry", id: 77, type: "Organization" },
    html_url: `https://github.com/foundry/${name}`,
    url: api,
    ...Object.fromEntries(LINKS.map((link) => [`${link}_url`, `${api}/${link}{/id}`])),
    updated_at: instant(0),
    pushed_at: asSeconds ? BEGIN + pushedAt : instant(pushedAt),
  };
}

/** `repository` edited: from here on what is known of the repository is decided. */
export function repositoryEdited(repo: Repo): Payload {
  return { action: "edited", changes: {}, repository: { ...repository(repo), updated_at: instant(1) }, sender: SENDER };
}

/** `create` or `delete` of a branch. */
export function refEvent(repo: Repo, branch: string): Payload {
  return { ref: branch, ref_type: "branch", repository: repository(repo), sender: SENDER };
}

/** `push` of commits, oldest first; without any it removes the branch. */
export function push(repo: Repo, branch: string, before: string, commits: readonly Payload[]): Payload {
  const head = commits.at(-1);
  return {
    ref: `refs/heads/${branch}`,
    before,
    after: head?.id ?? "0".repeat(40),
    created: false,
    deleted: head === undefined,
    forced: false,
    commits,
    head_commit: head ?? null,
    pusher: { name: "octavia" },
    repository: repository(repo, true),
    sender: SENDER,
  };
}

/** A commit as pushes and runs carry it. */
export function commit(sha: string, second: number, message: string): Payload {
  const author = { name: "Octavia Example", email: "octavia@example.org", username: "octavia" };
  return { id: sha, tree_id: sha, message, timestamp: instant(second), author, committer: author };
}

/** `pull_request`; `second` is when it last changed. */
export function pullRequest(repo: Repo, number: number, sha: string, second: number, merged: boolean): Payload {
  return {
    action: merged ? "closed" : "opened",
    number,
    pull_request: {
      number,
      title: `Improve it (${number})`,
      state: merged ? "closed" : "open",
      merged,
      merged_at: merged ? instant(second) : null,
      closed_at: merged ? instant(second) : null,
      updated_at: instant(second),
      user: SENDER,
      head: { ref: "feature", sha },
      base: { ref: "main" },
    },
    repository: repository(repo),
    sender: SENDER,
  };
}
