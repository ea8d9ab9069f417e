import { z } from "@hono/zod-openapi";
import { YamlError } from "../../../yaml-text/parse-yaml.ts";
import { defineRoute } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { ApiError, BODY_ERRORS, ERRORS, TOO_LARGE } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { query } from "../http/parameters.ts";
import { joinBatches, listWanted } from "./batch.ts";
import { parseBatchFiles, readBatchFiles } from "./batch-files.ts";
import { refuseOwnInputs } from "./entrypoint.ts";
import { findInputs } from "./find-inputs.ts";
import { readGroupNames } from "./group-names.ts";
import { GroupQuery, jsonString, stringOrError } from "./groups.ts";
import { readInputSettings } from "./input-settings.ts";
import { findTestCommit } from "./test-commit.ts";
import { UnlistableTests } from "./unlistable-tests.ts";

const NO_FILES =
  "<p>Could not load the <code>inputs.batches</code> files defined in <em>qaboard.yaml</em>.</p><p>For tuning to work, <code>qa save-artifacts</code> needs to be called.</p>";

const Tests = z
  .object({
    tests: z.array(z.object({ input_path: z.string(), configurations: z.array(z.unknown()) })),
    message: z.string().nullable().optional().openapi({ description: "HTML: what is missing" }),
    error: z.string().optional().openapi({ description: "why the runs cannot be listed" }),
  })
  .openapi("QaboardTests");

const Body = z
  .looseObject({ groups: z.unknown().optional().openapi({ description: "names of saved groups to look at" }) })
  .openapi("QaboardTestsRequest");

/** The runs that `qa batch <name>` would make (contract section 9). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/tests/group",
    operationId: "listQaboardTests",
    summary: "The runs of a group of tests",
    tags: ["QA-Board tests"],
    security: READ,
    middleware: jsonObject,
    request: {
      query: GroupQuery.extend({ commit: query("hash of the commit, or how it begins").optional() }),
      body: { required: true, content: { "application/json": { schema: Body } } },
    },
    responses: {
      200: { description: "the runs", content: { "application/json": { schema: Tests } } },
      ...ERRORS,
      ...TOO_LARGE,
      ...BODY_ERRORS,
      400: stringOrError("`groups` is no list, or a parameter is missing"),
      404: jsonString("no commit of the project begins like that"),
    },
  },
  access: reader,
  handler: async (c, { query: { project, name, commit: sha }, body }) => {
    if (name === "") return c.json({ tests: [] }, 200);
    if (!sha) throw new ApiError(400, "commit is missing.");
    const commit = await findTestCommit(c.env, project, sha);
    if (commit === undefined) return c.json("Sorry, the commit id was not found", 404);
    const groups = readGroupNames(body.groups);
    if (!groups.ok) return c.json(groups.reason, 400);
    const found = await readBatchFiles(c.env, project, commit, groups.names);
    const message = found.ofCommit.length === 0 ? NO_FILES : null;
    try {
      await refuseOwnInputs(c.env, commit);
      const batches = joinBatches(parseBatchFiles(found), (type) => readInputSettings(commit.config, type));
      return c.json({ tests: await findInputs(c.env, listWanted(batches, name)), message }, 200);
    } catch (error) {
      if (error instanceof YamlError || error instanceof UnlistableTests)
        return c.json({ tests: [], error: error.message }, 200);
      throw error;
    }
  },
});
