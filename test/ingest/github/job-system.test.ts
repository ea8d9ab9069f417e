import { expect, test } from "vitest";
import { systemOfJob } from "../../../functions/ingest/github/job-system.ts";

test.each([
  [["ubuntu-24.04"], null, null, "Linux"],
  [["self-hosted", "Windows-2022"], null, null, "Windows"],
  [["self-hosted", "macOS", "ubuntu"], null, null, "macOS"],
  [["mac-mini"], null, null, "macOS"],
  [["Darwin-arm"], null, null, "macOS"],
  [["mi300"], "shark-linux-7", "windows pool", "Linux"],
  [["mi300"], "shark-7", "Windows pool", "Windows"],
  [["mi300"], "shark-7", "default", null],
  [["my-ubuntu"], "", "", null],
  [[], undefined, undefined, null],
])("labels %j on runner %j of group %j run %s", (labels, runner, group, system) => {
  expect(systemOfJob(labels, runner, group)).toBe(system);
});
