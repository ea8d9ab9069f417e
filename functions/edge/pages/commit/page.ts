import { html } from "hono/html";
import { layout } from "../parts/layout.ts";
import { instant, link, told, visible } from "../parts/text.ts";
import type { Html } from "../respond.ts";
import { eoscPerfSection, githubSection, kernelciSection, qaboardSection } from "./sections.ts";
import type { Commit, Matches } from "./shape.ts";

/** The page of one commit: what it is, the line of verdicts, then a section a source. */
export function commitPage(commit: Commit): Html {
  const [subject = "", ...rest] = (commit.message ?? "").split("\n");
  const body = rest.join("\n").trim();
  const branches = commit.branches.slice(0, 20).map((branch) => html`<li>${told(branch, 80)}</li>`);
  const repositories = commit.repositories.map((name) => html`<li>${link(`https://${name}`, told(name))}</li>`);
  return layout(
    `Commit ${commit.sha.slice(0, 12)}`,
    html`<h1>${subject === "" ? "Commit" : told(subject, 200)}</h1>
<p><code>${commit.sha}</code><br>${told(commit.author)}, ${instant(commit.time)}</p>
<p class="line">${commit.summary}</p>
${body === "" ? "" : html`<details><summary>Message</summary><pre>${visible(body)}</pre></details>`}
${repositories.length === 0 ? "" : html`<h3>Repositories</h3><ul>${repositories}</ul>`}
${branches.length === 0 ? "" : html`<h3>Branches</h3><ul>${branches}</ul>`}
${githubSection(commit)}${kernelciSection(commit)}${qaboardSection(commit)}${eoscPerfSection(commit)}`,
    commit.sha,
  );
}

/** The page that lists commits whose hashes begin alike. */
export function matchesPage({ commits, truncated }: Matches, beginning: string): Html {
  const items = commits.map(({ sha, url }) => html`<li><a href="${url}"><code>${sha}</code></a></li>`);
  return layout(
    `Commits ${beginning}`,
    html`<h1>Several commits begin with ${beginning}</h1><ul>${items}</ul>${truncated ? html`<p>There are more; give more digits.</p>` : ""}`,
    beginning,
  );
}
