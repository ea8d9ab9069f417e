import { html } from "hono/html";
import { seriesLists } from "../parts/series.ts";
import { duration, instant, link, told } from "../parts/text.ts";
import type { Html } from "../respond.ts";
import type { Commit } from "./shape.ts";

const NEEDS_TOKEN = html`<p class="dim">This part needs a token: send it as a bearer's in the header Authorization.</p>`;
const NOTHING = html`<p class="dim">Nothing is known of this commit.</p>`;
const MORE = html`<p class="dim">There is more than is listed here.</p>`;

/** A section of a source: what it says, or why it says nothing. */
function section(title: string, body: Html, truncated = false): Html {
  return html`<section><h2>${title}</h2>${body}${truncated ? MORE : ""}</section>`;
}

/** Workflow runs with their times, and jobs by verdict. */
export function githubSection({ github }: Commit): Html {
  if (github.access !== "granted") return section("GitHub Actions", NEEDS_TOKEN);
  if (github.runs.length === 0) return section("GitHub Actions", NOTHING);
  const runs = github.runs.map(
    (
      run,
    ) => html`<tr><td>${link(run.url, told(run.workflow))}</td><td>${told(run.repository)}</td><td>${told(run.event)}</td><td>${told(run.branch)}</td>
<td>${told(run.conclusion ?? run.status)}</td><td class="number">${run.attempt}</td><td class="number">${duration(run.queue_seconds)}</td><td class="number">${duration(run.run_seconds)}</td><td>${instant(run.created_at)}</td></tr>`,
  );
  const body = html`${seriesLists(github.jobs, "Jobs")}
<details${github.jobs.length === 0 ? " open" : ""}><summary>${github.runs.length} workflow runs</summary><div class="scroll"><table>
<thead><tr><th scope="col">Workflow</th><th scope="col">Repository</th><th scope="col">Event</th><th scope="col">Branch</th><th scope="col">Conclusion</th><th scope="col" class="number">Attempts</th><th scope="col" class="number">Queue time</th><th scope="col" class="number">Run time</th><th scope="col">Created</th></tr></thead>
<tbody>${runs}</tbody></table></div></details>`;
  return section("GitHub Actions", body, github.truncated);
}

/** Failing series, and counts of builds, boots and tests by environment. */
export function kernelciSection({ kernelci }: Commit): Html {
  if (kernelci.access !== "granted") return section("KernelCI", NEEDS_TOKEN);
  if (kernelci.checkouts.length === 0) return section("KernelCI", NOTHING);
  const checkouts = kernelci.checkouts.map(
    ({ id, origin, tree, branch, repository }) =>
      html`<li>${told(tree)} ${told(branch)} ${told(repository)}, from ${told(origin)} (<code>${told(id, 60)}</code>)</li>`,
  );
  const totals = kernelci.counts.map(({ kind, ...counts }) => html`<tr><td>${kind}s</td>${countCells(counts)}</tr>`);
  const groups = kernelci.groups.map(
    ({ kind, architecture, configuration, hardware, lab, ...counts }) =>
      html`<tr><td>${kind}s</td><td>${told(architecture, 40)}</td><td>${told(configuration, 60)}</td><td>${told(hardware, 60)}</td><td>${told(lab, 40)}</td>${countCells(counts)}</tr>`,
  );
  const body = html`<ul>${checkouts}</ul>
<div class="scroll"><table><thead><tr><th scope="col">Results</th>${COUNT_HEADS}</tr></thead><tbody>${totals}</tbody></table></div>
${seriesLists(kernelci.failures, "Series with a failure")}
<details><summary>By architecture, configuration, hardware and lab</summary><div class="scroll"><table>
<thead><tr><th scope="col">Results</th><th scope="col">Architecture</th><th scope="col">Configuration</th><th scope="col">Hardware</th><th scope="col">Lab</th>${COUNT_HEADS}</tr></thead>
<tbody>${groups}</tbody></table></div></details>`;
  return section("KernelCI", body, kernelci.truncated);
}

type RowCounts = { pass: number; fail: number; skip: number; error: number; missing: number; running: number };
const COUNT_NAMES = ["pass", "fail", "error", "missing", "skip", "running"] as const satisfies (keyof RowCounts)[];
const COUNT_HEADS = COUNT_NAMES.map((name) => html`<th scope="col" class="number">${name}</th>`);
const countCells = (counts: RowCounts) => COUNT_NAMES.map((name) => html`<td class="number">${counts[name]}</td>`);

/** Batches with their counters, and outputs with metrics. */
export function qaboardSection({ qaboard }: Commit): Html {
  if (qaboard.access !== "granted") return section("QA-Board", NEEDS_TOKEN);
  if (qaboard.batches.length === 0) return section("QA-Board", NOTHING);
  const batches = qaboard.batches.map(
    (batch) =>
      html`<tr><td>${link(batch.url, told(batch.label))}</td><td>${told(batch.project)}</td><td class="number">${batch.valid}</td><td class="number">${batch.failed}</td><td class="number">${batch.pending}</td><td class="number">${batch.running}</td><td>${instant(batch.created_at)}</td></tr>`,
  );
  const body = html`<div class="scroll"><table>
<thead><tr><th scope="col">Batch</th><th scope="col">Project</th><th scope="col" class="number">Valid</th><th scope="col" class="number">Failed</th><th scope="col" class="number">Pending</th><th scope="col" class="number">Running</th><th scope="col">Created</th></tr></thead>
<tbody>${batches}</tbody></table></div>${seriesLists(qaboard.outputs, "Outputs")}`;
  return section("QA-Board", body, qaboard.truncated);
}

/** Benchmark results. */
export function eoscPerfSection({ eosc_perf }: Commit): Html {
  if (eosc_perf.access !== "granted") return section("EOSC-Perf", NEEDS_TOKEN);
  if (eosc_perf.results.length === 0) return section("EOSC-Perf", NOTHING);
  const results = eosc_perf.results.map(
    (result) =>
      html`<tr><td>${link(result.url, told(result.benchmark))}</td><td>${told(result.site)}</td><td>${told(result.flavor)}</td><td>${instant(result.executed_at)}</td></tr>`,
  );
  const body = html`<div class="scroll"><table>
<thead><tr><th scope="col">Benchmark</th><th scope="col">Site</th><th scope="col">Flavor</th><th scope="col">Run at</th></tr></thead>
<tbody>${results}</tbody></table></div>`;
  return section("EOSC-Perf", body, eosc_perf.truncated);
}
