import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { onlyResource, template } from "./synthesised.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const guide = read("docs/deploy.md");

/** Names among the given ones that the guide does not mention as code. */
const unmentioned = (names: readonly string[]) => names.filter((name) => !guide.includes(`\`${name}\``));

for (const file of ["functions/edge/config.ts", "functions/ingest/config.ts", "functions/ingest/github/settings.ts"]) {
  test(`docs/deploy.md names every setting of ${file}`, () => {
    const names = [...read(file).matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = ""]) => name);
    assert.ok(names.length > 5);
    assert.deepEqual(unmentioned(names), []);
  });
}

test("docs/deploy.md names every parameter, output and alarm of the stack", () => {
  const parameters = Object.keys(template.findParameters("*")).filter((name) => name !== "BootstrapVersion");
  const outputs = Object.keys(template.findOutputs("*"));
  const alarms = Object.keys(template.findResources("AWS::CloudWatch::Alarm")).map((id) =>
    id.replace(/^Alarms|[0-9A-F]{8}$/g, ""),
  );
  assert.ok(parameters.length > 0 && outputs.length > 0 && alarms.length > 0);
  assert.deepEqual(unmentioned([...parameters, ...outputs, ...alarms]), []);
});

/** Names of the settings that a file describes. */
const settingsOf = (file: string) => [...read(file).matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = ""]) => name);
const { text: consumer } = onlyResource("AWS::Lambda::Function", "ConsumerFunction");
/** A folder of the machine, which functions have none of. */
const SELF_HOST = ["QABOARD_FILES"];

for (const file of [
  "functions/ingest/kernelci/settings.ts",
  "functions/ingest/kernelci/notifications/settings.ts",
  "functions/ingest/qaboard/settings.ts",
  "functions/files/settings.ts",
  "functions/git-host/settings.ts",
])
  test(`the stack passes on every setting of ${file}, and docs/deploy.md names it`, () => {
    const names = settingsOf(file).filter((name) => !SELF_HOST.includes(name));
    assert.ok(names.length > 0);
    assert.deepEqual(unmentioned(names), []);
    assert.deepEqual(
      names.filter((name) => !consumer.includes(`"${name}"`)),
      [],
    );
  });

/** Names in the comments of wrangler.toml. */
const explained = read("wrangler.toml")
  .split("\n")
  .filter((line) => line.startsWith("#"))
  .flatMap((line) => line.split(/[^A-Z0-9_]/));

for (const file of ["functions/edge/qaboard/settings.ts", "functions/edge/qaboard/integrations/settings.ts"])
  test(`docs/deploy.md and wrangler.toml name every setting of ${file}`, () => {
    const names = settingsOf(file);
    assert.ok(names.length > 0);
    assert.deepEqual(unmentioned(names), []);
    assert.deepEqual(
      names.filter((name) => !explained.includes(name)),
      [],
    );
  });
