import type { Commit } from "../../../db/queries/github/commits.ts";

/** Where a commit's repository is: its API url and its page at GitHub. */
export type CommitPlace = { repoUrl: string; repoHtmlUrl: string };

/** A commit as GitHub shows it, as far as rows tell: the person's account is known by its address alone. */
export function commitShape({ sha, message, author, authorUrl, time }: Commit, { repoUrl, repoHtmlUrl }: CommitPlace) {
  const known = author !== null || time !== null;
  return {
    sha,
    url: `${repoUrl}/commits/${sha}`,
    html_url: `${repoHtmlUrl}/commit/${sha}`,
    commit: { message, author: known ? { name: author, date: time } : null },
    author: authorUrl === null ? null : { login: authorUrl.slice(authorUrl.lastIndexOf("/") + 1), html_url: authorUrl },
  };
}

/** The place of a repository's commits. */
export function placeOf(apiBase: string, name: string, htmlUrl: string | null): CommitPlace {
  return { repoUrl: `${apiBase}/repos/${name}`, repoHtmlUrl: htmlUrl ?? `https://github.com/${name}` };
}
