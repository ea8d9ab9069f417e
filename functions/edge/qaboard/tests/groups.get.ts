import { findTestGroups } from "../../../../db/queries/qaboard/test-groups.ts";
import { defineRoute } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { ERRORS } from "../http/errors.ts";
import { answerText, textResponse } from "../http/responses.ts";
import { EMPTY_GROUP, GroupQuery } from "./groups.ts";

/** Reads a saved group of tests (contract section 9). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/tests/groups",
    operationId: "findQaboardTestGroup",
    summary: "A saved group of tests",
    tags: ["QA-Board tests"],
    security: READ,
    request: { query: GroupQuery },
    responses: { 200: textResponse("the YAML text; two lines of comments for one that is not saved"), ...ERRORS },
  },
  access: reader,
  handler: async (c, { query: { project, name } }) => {
    const groups = await findTestGroups(c.env.db, project, [name]);
    // The type is the original's; what somebody saved must not become a page.
    c.header("content-security-policy", "sandbox; default-src 'none'");
    return answerText(c, 200, groups.get(name) ?? EMPTY_GROUP);
  },
});
