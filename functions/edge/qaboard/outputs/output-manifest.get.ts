import { z } from "@hono/zod-openapi";
import { findOutputFolder } from "../../../../db/queries/qaboard/output-folder.ts";
import { parseFilePath } from "../../../files/file-path.ts";
import { makeManifest, readManifest } from "../../../files/manifest.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";
import { query } from "../http/parameters.ts";
import { OutputId } from "./output.ts";

const Manifest = z
  .record(
    z.string(),
    z.looseObject({
      st_size: z.number().optional().openapi({ description: "bytes; a stored manifest is answered as it was written" }),
      md5: z.string().optional().openapi({ description: "where the run's client wrote the manifest" }),
    }),
  )
  .openapi("QaboardManifest");

/** Files of an output by their paths below its folder (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/output/{id}/manifest/",
    operationId: "findQaboardOutputManifest",
    summary: "List an output's files",
    description:
      "The manifest that is stored in the output's folder. While the output runs, or with `refresh`, it is made anew from what is there, and stored.",
    tags: ["QA-Board outputs"],
    security: READ,
    request: {
      params: OutputId,
      query: z.object({ refresh: query("anything: the manifest is made anew").optional() }),
    },
    responses: {
      200: { description: "the manifest", content: { "application/json": { schema: Manifest } } },
      ...ERRORS,
      404: errorResponse("no such output, or nothing is in its folder"),
      503: errorResponse("the store of files does not answer"),
    },
  },
  access: reader,
  handler: async (c, { params, query: { refresh } }) => {
    const output = await findOutputFolder(c.env.db, params.id);
    if (output === undefined) return answerError(c, 404, `There is no output ${params.id}.`);
    const folder = parseFilePath(output.folder);
    if (folder === undefined) return answerError(c, 404, "The output's folder is not one that can hold files.");
    const isStored = !output.isRunning && refresh === undefined;
    const stored = isStored ? await readManifest(c.env.files, folder) : undefined;
    const manifest = stored ?? (await makeManifest(c.env.files, folder));
    if (manifest === undefined) return answerError(c, 404, "There is nothing in the output's folder.");
    return renderedJson(c, 200, manifest);
  },
});
