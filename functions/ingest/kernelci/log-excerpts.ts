import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { NewBuild, NewTest, Objects } from "../../../db/upserts/kernelci/objects.ts";
import { logExcerptKey } from "../../messages/log-excerpt.ts";
import { gzip } from "../../outside/gzip.ts";
import type { ObjectStore } from "../../outside/object-store.ts";
import type { Config } from "../config.ts";

/** At the same time to the object store. */
const AT_ONCE = 16;

/**
 * Moves long log excerpts of builds and tests to the object store, one object for each text, and lists them among the
 * output files (contract part 02, Log excerpts). Beyond KERNELCI_MAX_LOG_EXCERPTS texts, the others stay in their rows. Does nothing while no address for them is set. Throws OutboundError.
 */
export async function withStoredExcerpts(objects: Objects, config: Config, store: ObjectStore): Promise<Objects> {
  const {
    KERNELCI_LOG_EXCERPT_URL: base,
    KERNELCI_LOG_EXCERPT_THRESHOLD: threshold,
    KERNELCI_MAX_LOG_EXCERPTS: max,
  } = config;
  if (base === undefined) return objects;
  const texts = new Map<string, string>();
  const moved = <R extends NewBuild | NewTest>(row: R): R => {
    const { logExcerpt: text } = row;
    if (typeof text !== "string" || text.length <= threshold) return row;
    const sum = createHash("sha256").update(text).digest("hex");
    if (texts.size >= max && !texts.has(sum)) return row;
    texts.set(sum, text);
    const link = { name: "log_excerpt", url: `${base}/${logExcerptKey(sum)}` };
    return { ...row, logExcerpt: "", outputFiles: [...(row.outputFiles ?? []), link] };
  };
  const changed = { ...objects, builds: objects.builds.map(moved), tests: objects.tests.map(moved) };
  await keepTexts([...texts], store);
  return changed;
}

async function keepTexts(texts: readonly (readonly [string, string])[], store: ObjectStore): Promise<void> {
  for (let at = 0; at < texts.length; at += AT_ONCE)
    await Promise.all(
      texts.slice(at, at + AT_ONCE).map(async ([sum, text]) => {
        const key = logExcerptKey(sum);
        if (!(await store.has(key))) await store.put(key, await gzip(new Uint8Array(Buffer.from(text))));
      }),
    );
}
