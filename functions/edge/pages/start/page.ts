import { html } from "hono/html";
import { layout } from "../parts/layout.ts";
import { instant, told } from "../parts/text.ts";
import type { Html } from "../respond.ts";
import type { Start } from "./shape.ts";

const SOURCES = [
  ["github", "GitHub Actions"],
  ["kernelci", "KernelCI"],
  ["qaboard", "QA-Board"],
  ["eosc_perf", "EOSC-Perf"],
] as const;

/** The page at `/`. */
export function startPage({ clients, received, release, reference, document }: Start): Html {
  const sections = SOURCES.map(
    ([name, title]) => html`<section><h2>${title}</h2>${newestOf(received[name])}
<h3>Point a client here</h3><ul>${clients[name].settings.map((line) => html`<li><code>${line}</code></li>`)}</ul></section>`,
  );
  return layout(
    "Start",
    html`<h1>Results of builds, tests and benchmarks</h1>
<p>Runledger answers in the APIs of the systems below. A commit has one page over all of them: look it up by its hash.</p>
<p><a href="${reference}">API reference</a> · <a href="${document}">OpenAPI document</a> · <span class="dim">release ${told(release, 40)}</span></p>
${sections}`,
  );
}

function newestOf(received: Start["received"][keyof Start["received"]]): Html {
  if (received.access !== "granted") return html`<p class="dim">This part needs a token.</p>`;
  if (received.newest.length === 0) return html`<p class="dim">Nothing was received so far.</p>`;
  const rows = received.newest.map(
    ({ place, name, sha, time }) =>
      html`<tr><td>${told(place)}</td><td>${told(name)}</td><td>${commitLink(sha)}</td><td>${instant(time)}</td></tr>`,
  );
  return html`<div class="scroll"><table><thead><tr><th scope="col">Where</th><th scope="col">What</th><th scope="col">Commit</th><th scope="col">When</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Only hashes have a page. */
function commitLink(sha: string | null): Html {
  if (sha === null || !/^[0-9a-f]{40,64}$/.test(sha)) return told(sha, 40);
  return html`<a href="/commits/${sha}"><code>${sha.slice(0, 12)}</code></a>`;
}
