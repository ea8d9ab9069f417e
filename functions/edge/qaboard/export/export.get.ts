import { createHash } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { escapeXml } from "../../../files/s3-listing.ts";
import type { ExportMessage } from "../../../messages/export-files.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { packTask } from "../../../messages/task-message.ts";
import { defineRoute } from "../../http/route.ts";
import { sourceUrl } from "../../http/source-host.ts";
import { WRITE, writer } from "../http/access.ts";
import { ERRORS } from "../http/errors.ts";
import { Project, query } from "../http/parameters.ts";
import { answerText, jsonResponse, textResponse } from "../http/responses.ts";
import { findShared, type Labelled, labelFor } from "./labels.ts";
import { findLike, findSelection, type Selection } from "./selection.ts";

const Query = z.object({
  project: Project,
  new_commit_id: query("whole hash of the commit"),
  ref_project: query("project of the reference (default: the same)").optional(),
  ref_commit_id: query("whole hash of the reference").optional(),
  batch_new: query("label of the batch").default("default"),
  batch_ref: query("label of the reference's batch").default("default"),
  filter_new: query("which outputs (contract section 6, Filter language)").optional(),
  filter_ref: query("which outputs of the reference").optional(),
  path: query("glob of files within each output's folder")
    .refine((glob) => glob.length <= 500, "is too long")
    .default("*"),
});
type Query = z.infer<typeof Query>;

const Begun = z.object({
  export_dir: z.string().openapi({ description: "folder that gets the files" }),
  nb_outputs: z.int(),
  nb_outputs_ref: z.int(),
});

/** Copies files of outputs and of their references into one folder (contract section 12.2). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/export/",
    operationId: "exportQaboardFiles",
    summary: "Copy files of outputs into one folder",
    description: "The consumer copies the files; the folder fills within seconds.",
    tags: ["QA-Board files"],
    security: WRITE,
    request: { query: Query },
    responses: { 200: jsonResponse("begun", Begun), ...ERRORS, 404: textResponse("no commit has that hash") },
  },
  access: writer,
  handler: async (c, { query: asked }) => {
    const { project, ref_project: refProject = project, new_commit_id: hash, ref_commit_id: refHash } = asked;
    const unknown = (id: string) => answerText(c, 404, `ERROR: Commit ${escapeXml(id)} not found`);
    const ours = { project, hash, label: asked.batch_new, filter: asked.filter_new };
    const selection = await findSelection(c.env, ours);
    if (selection === undefined) return unknown(hash);
    const theirs = { project: refProject, hash: refHash ?? "", label: asked.batch_ref, filter: asked.filter_ref };
    const found = refHash ? await findSelection(c.env, theirs) : undefined;
    if (refHash && found === undefined) return unknown(refHash);
    const reference = JSON.stringify(ours) === JSON.stringify(theirs) ? undefined : found;
    const exportFolder = `${selection.folder}/share/${folderName(asked, selection, reference)}`;
    const home = sourceUrl(c.req.url, "qaboard");
    const body = messageOf(selection, reference, exportFolder, asked.path, `${home}/${project}/commit/${hash}`);
    const id = newReceiptId();
    const trace = c.get("requestId");
    await c.env.queue.send(await packTask({ id, source: "qaboard", kind: "export", trace, body }, c.env.objects));
    const counts = { nb_outputs: selection.outputs.length, nb_outputs_ref: reference?.outputs.length ?? 0 };
    return c.json({ export_dir: exportFolder, ...counts }, 200);
  },
});

/** The same selection has the same folder. */
function folderName({ project, filter_new, filter_ref }: Query, one: Selection, other: Selection | undefined): string {
  const text = `${project} ${one.hash} ${other?.hash ?? ""} ${one.batchId ?? ""} ${other?.batchId ?? ""} ${filter_new ?? "None"} ${filter_ref ?? "None"}`;
  return createHash("md5").update(text).digest("hex").slice(0, 8);
}

function messageOf(
  one: Selection,
  other: Selection | undefined,
  exportFolder: string,
  path: string,
  home: string,
): ExportMessage {
  const all: Labelled[] = one.outputs.flatMap((output) => {
    const like = other === undefined ? undefined : findLike(output, other.outputs);
    const labelled = { hash: one.hash, output };
    return like === undefined || other === undefined ? [labelled] : [labelled, { hash: other.hash, output: like }];
  });
  const shared = findShared(all);
  const entries = all.map((labelled) => ({ folder: labelled.output.folder, label: labelFor(labelled, shared) }));
  const distinct = [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
  const mappings = Object.fromEntries(
    all.map((labelled) => {
      const { configurations, parameters } = labelled.output;
      const whole = { configurations: JSON.parse(configurations), extra_parameters: JSON.parse(parameters) };
      return [labelFor(labelled, shared), whole];
    }),
  );
  const notes = {
    "0.common.json": JSON.stringify(shared, null, 2),
    "0.mappings.json": JSON.stringify(mappings, null, 2),
    "0.qa.html": `<meta http-equiv="refresh" content="0; url=${escapeXml(home)}">`,
    "0.qa.url": `[InternetShortcut]\nURL=${home}\n`,
  };
  return { v: 1, exportFolder, path, entries: distinct, notes };
}
