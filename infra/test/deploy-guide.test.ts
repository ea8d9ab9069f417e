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

test("the stack passes on every setting of KernelCI that the consumer has", () => {
  const files = ["settings.ts", "notifications/settings.ts"].map((file) => read(`functions/ingest/kernelci/${file}`));
  const names = [...files.join("\n").matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)];
  assert.ok(names.length > 0);
  const { text } = onlyResource("AWS::Lambda::Function", "ConsumerFunction");
  assert.deepEqual(
    names.map(([, name = ""]) => name).filter((name) => !text.includes(`"${name}"`) || !guide.includes(`\`${name}\``)),
    [],
  );
});
