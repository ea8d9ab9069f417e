import type { Commit } from "../../../../db/queries/github/commits.ts";

/** Where a commit's repository is: our API, its own API url, and its page at GitHub. */
export type CommitPlace = { apiBase: string; repoUrl: string; repoHtmlUrl: string };

/**
 * A commit in GitHub's shape (contract section 7). Whatever nobody told is null, and without parents the list is empty;
 * without a committer the author stands in for one, as in most commits both are the same.
 */
export function commitShape({ sha, message, author, authorUrl, time, details }: Commit, place: CommitPlace) {
  const { repoUrl, repoHtmlUrl } = place;
  const isKnown = author !== null || time !== null;
  const email = details.author?.email ?? null;
  const person = isKnown ? { name: author, email, date: time } : null;
  const url = `${repoUrl}/commits/${sha}`;
  const { tree, parents = [] } = details;
  return {
    sha,
    node_id: details.nodeId ?? null,
    url,
    html_url: `${repoHtmlUrl}/commit/${sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${repoUrl}/git/commits/${sha}`,
      message,
      author: person,
      committer: details.committer ?? person,
      tree: { sha: tree ?? null, url: tree === undefined ? null : `${repoUrl}/git/trees/${tree}` },
      comment_count: 0,
    },
    author: accountShape(details.authorAccount, authorUrl, place),
    committer: accountShape(details.committerAccount, null, place),
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${repoUrl}/commits/${parent}`,
      html_url: `${repoHtmlUrl}/commit/${parent}`,
    })),
  };
}

/** An account as GitHub told it; where only its page is known, its login and page. */
function accountShape(account: { login: string } | undefined, htmlUrl: string | null, { apiBase }: CommitPlace) {
  const login = account?.login ?? htmlUrl?.slice(htmlUrl.lastIndexOf("/") + 1);
  if (login === undefined) return null;
  return {
    html_url: htmlUrl ?? `https://github.com/${login}`,
    ...account,
    login,
    url: `${apiBase}/users/${login.replace(/[[\]]/g, encodeURIComponent)}`,
  };
}

/** The place of a repository's commits. */
export function placeOf(apiBase: string, name: string, htmlUrl: string | null): CommitPlace {
  return { apiBase, repoUrl: `${apiBase}/repos/${name}`, repoHtmlUrl: htmlUrl ?? `https://github.com/${name}` };
}
