import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { submitted } from "../../conformance/kernelci/submitter.ts";
import { freshId } from "../../support/kernelci-submissions.ts";
import { bearer, OWN, ownEdge } from "../../support/own-edge.ts";

const FOLDER = join(import.meta.dirname, "../../../docs/grafana");
const Dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});
const Rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});

const dashboard = Dashboard.parse(JSON.parse(readFileSync(join(FOLDER, "kernelci.json"), "utf8")));
const rules = Rules.parse(parse(readFileSync(join(FOLDER, "kernelci-alerts.yaml"), "utf8")));
const QUERIES = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ...rules.groups.flatMap((group) => group.rules.map(({ alert, expr }) => [alert, expr] as const)),
];
const FUNCTIONS = ["sum", "rate", "increase", "topk", "by"];

const edge = ownEdge();
/** Labels of each metric that is served. */
const served = new Map<string, Set<string>>();

beforeAll(async () => {
  const lab = { misc: { lab: "lab-g", runtime: "lab-g" } };
  const [checkout, build] = [freshId(), freshId()];
  await submitted(
    inject("stack").edgeUrl,
    JSON.stringify({
      version: { major: 5, minor: 3 },
      checkouts: [{ id: checkout, origin: "tests", start_time: "2025-03-10T10:00:00Z" }],
      builds: [{ id: build, origin: "tests", checkout_id: checkout, ...lab }],
      tests: [
        { id: freshId(), origin: "tests", build_id: build, ...lab, environment: { misc: { platform: "board-g" } } },
      ],
      issues: [{ id: freshId(), origin: "tests", version: 1 }],
      incidents: [
        { id: freshId(), origin: "tests", issue_id: "tests:i", issue_version: 1, build_id: build, present: true },
      ],
    }),
  );
  for (const path of ["/kernelci/metrics", "/metrics"]) {
    const text = await (await fetch(`${edge().url}${path}`, { headers: bearer(OWN.metricsToken) })).text();
    for (const [, name = "", labels = ""] of text.matchAll(/^([a-z_]+)(?:\{(.*)\})? \S+$/gm)) {
      const known = served.get(name) ?? new Set();
      for (const [, label = ""] of labels.matchAll(/([a-z]+)="/g)) known.add(label);
      served.set(name, known);
    }
  }
});

test.each(QUERIES)("%s: every metric and label of its query is served", (_, query) => {
  const grouped = [...query.matchAll(/ by \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(/, */));
  const names = query
    .replace(/ by \([^)]*\)/g, "")
    .replace(/\[[^\]]*\]/g, "")
    .match(/[a-z_]+/g)
    ?.filter((word) => !FUNCTIONS.includes(word));
  expect(names?.length).toBeGreaterThan(0);
  for (const name of names ?? []) {
    expect([...served.keys()]).toContain(name);
    for (const label of grouped) expect([...(served.get(name) ?? [])], name).toContain(label);
  }
});

test("every counter of the original is served with its labels", () => {
  const labels = (name: string) => [...(served.get(name) ?? [])].sort();
  expect(labels("kcidb_ingestions_total")).toEqual(["ingester"]);
  for (const name of ["checkouts", "issues", "incidents"])
    expect(labels(`kcidb_${name}_total`), name).toEqual(["ingester", "origin"]);
  expect(labels("kcidb_builds_total")).toEqual(["ingester", "lab", "origin"]);
  expect(labels("kcidb_tests_total")).toEqual(["ingester", "lab", "origin", "platform"]);
  expect(labels("kcidb_ingester_worker_failures_total")).toEqual(["ingester", "reason"]);
  expect(labels("kcidb_ingestion_queue")).toEqual(["ingester"]);
  expect(labels("aggregation_records_written_total")).toEqual(["table"]);
  expect(labels("aggregation_deadlock_retries_total")).toEqual(["table"]);
});
