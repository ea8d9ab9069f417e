import { z } from "@hono/zod-openapi";
import { storeTestGroup } from "../../../../db/upserts/qaboard/test-group.ts";
import { parseYaml, YamlError } from "../../../yaml-text/parse-yaml.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { ERRORS } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { GroupQuery, jsonString } from "./groups.ts";

const Body = z
  .looseObject({ groups: z.string().openapi({ description: "YAML: batches by name, and `aliases`" }) })
  .openapi("QaboardTestGroup");

/** Saves a group of tests (contract section 9). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/tests/groups",
    operationId: "storeQaboardTestGroup",
    summary: "Save a group of tests",
    tags: ["QA-Board tests"],
    security: WRITE,
    middleware: jsonObject,
    request: { query: GroupQuery, body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: { 200: jsonString("saved"), ...ERRORS, 400: jsonString("why the YAML cannot be read") },
  },
  access: writer,
  handler: async (c, { query: { project, name }, body: { groups: yaml } }) => {
    try {
      parseYaml(yaml);
    } catch (error) {
      if (error instanceof YamlError) return c.json(error.message, 400);
      throw error;
    }
    await storeTestGroup(c.env.db, { project, name, yaml });
    return c.json("OK", 200);
  },
});
