import { expect } from "vitest";
import { bearer, OWN } from "./own-edge.ts";

/** Every sample of a Prometheus text (format 0.0.4), by name and labels as written. */
export function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const typed = new Set<string>();
  for (const line of text.trimEnd().split("\n")) {
    const type = /^# TYPE ([a-z_]+) (?:counter|gauge)$/.exec(line)?.[1];
    if (type !== undefined) typed.add(type);
    if (line.startsWith("#")) {
      expect(line).toMatch(/^# (HELP|TYPE) runledger_[a-z_]+ \S/);
      continue;
    }
    const [, name = "", labels = "", value = ""] =
      /^([a-z_]+)(\{(?:[a-z]+="[^"\\\n]*",?)+\})? (\+Inf|NaN|-?[0-9.e+-]+)$/.exec(line) ?? [];
    expect([line, typed.has(name)]).toEqual([line, true]);
    samples.set(name + labels, value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value));
  }
  return samples;
}

/** What a Worker measures now; asked once per Worker and quarter of a minute, since the figures are kept. */
export async function metricsOf(edgeUrl: string): Promise<Map<string, number>> {
  const answer = await fetch(`${edgeUrl}/metrics`, { headers: bearer(OWN.metricsToken) });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  return samplesOf(await answer.text());
}
