import { html } from "hono/html";
import type { JudgedSeries } from "../commit/shape.ts";
import type { Html } from "../respond.ts";
import { duration, link, told } from "./text.ts";

const STANDINGS = { new: "new", known: "known", first_seen: "first seen" };

/** A verdict in words; its colour only repeats what the word says. */
export function verdictWord({ verdict, standing }: Pick<JudgedSeries, "verdict" | "standing">): Html {
  if (verdict === null) return html`<span class="verdict">running</span>`;
  const suffix = standing === null ? "" : `, ${STANDINGS[standing]}`;
  return html`<span class="verdict ${verdict}">${verdict}${suffix}</span>`;
}

/** The rows that a verdict was made from, as links. */
function evidenceList({ evidence }: JudgedSeries): Html {
  const items = evidence.map(
    ({ outcome, label, url }) => html`<li>${link(url, told(label, 60))}: ${outcome ?? "running"}</li>`,
  );
  if (items.length <= 2) return html`<ul>${items}</ul>`;
  return html`<details><summary>${items.length} attempts</summary><ul>${items}</ul></details>`;
}

function detail(series: JudgedSeries): Html {
  if (series.metrics.length === 0)
    return html`<td class="number">${duration(series.queue_seconds)}</td><td class="number">${duration(series.run_seconds)}</td>`;
  const metrics = series.metrics.map(({ name, value }) => html`<li>${told(name, 60)}: ${String(value)}</li>`);
  return html`<td colspan="2"><ul>${metrics}</ul></td>`;
}

/** Judged series as a table. */
function seriesTable(series: readonly JudgedSeries[], caption: string): Html {
  const rows = series.map(
    (one) =>
      html`<tr><td>${verdictWord(one)}</td><td>${told(one.name)}</td><td>${told(one.environment)}</td>${detail(one)}<td>${evidenceList(one)}</td></tr>`,
  );
  const [third, fourth] = caption === "Outputs" ? ["Metrics", ""] : ["Queue time", "Run time"];
  return html`<div class="scroll"><table><caption class="dim">${caption}</caption>
<thead><tr><th scope="col">Verdict</th><th scope="col">Name</th><th scope="col">Environment</th><th scope="col">${third}</th><th scope="col">${fourth}</th><th scope="col">Made from</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** What needs a look stands open; what passed or was skipped is folded. */
export function seriesLists(series: readonly JudgedSeries[], caption: string): Html {
  const isQuiet = ({ verdict }: JudgedSeries) => verdict === "pass" || verdict === "skip";
  const loud = series.filter((one) => !isQuiet(one));
  const quiet = series.filter(isQuiet);
  return html`${loud.length === 0 ? "" : seriesTable(loud, caption)}${
    quiet.length === 0
      ? ""
      : html`<details><summary>${quiet.length} passed or skipped</summary>${seriesTable(quiet, caption)}</details>`
  }`;
}
