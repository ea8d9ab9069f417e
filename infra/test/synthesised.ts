import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { RunledgerStack } from "../stack.ts";

const outdir = mkdtempSync(join(tmpdir(), "runledger-infra-"));
process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));

const app = new App({ outdir, analyticsReporting: false });
const stack = new RunledgerStack(app, "Runledger");

/** The synthesised template, functions bundled; made once for all tests. */
export const template = Template.fromStack(stack);

/** One resource as the template has it. */
export type Resource = { id: string; properties: Record<string, unknown>; text: string };

/** Resources of a type whose logical id starts with a prefix; throws unless there is exactly one. */
export function onlyResource(type: string, idPrefix: string): Resource {
  const found = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(idPrefix));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} resources ${type} ${idPrefix}`);
  const [id, resource] = first;
  return { id, properties: resource.Properties ?? {}, text: JSON.stringify(resource) };
}

/** The folder that is zipped and uploaded as a function's code. */
export function codeFolder({ properties }: Resource): string {
  const key = JSON.stringify(properties.Code);
  const hash = /"([0-9a-f]{64})\.zip"/.exec(key)?.[1];
  if (hash === undefined) throw new Error(`no asset in ${key}`);
  return join(outdir, `asset.${hash}`);
}
