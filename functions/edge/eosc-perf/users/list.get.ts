import { z } from "@hono/zod-openapi";
import { USER_FIELDS, usersBy } from "../../../../db/queries/eosc-perf/users.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { PageQuery, sortBy, text } from "../http/parameters.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { User } from "../http/schemas.ts";
import { among, readSorts } from "../http/sorting.ts";

const Query = z.strictObject({
  ...PageQuery,
  sub: text("exact subject").optional(),
  iss: text("exact issuer").optional(),
  email: text("exact email").optional(),
  sort_by: sortBy(USER_FIELDS, "+iss,+sub"),
});

/** Answers with a page of users (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/users",
    operationId: "ListUsers",
    summary: "List users",
    description: "For admins.",
    tags: ["EOSC-Perf users"],
    security: TOKEN,
    request: { query: Query },
    responses: {
      ...success(200, "a page of users", pageOf(User)),
      ...REFUSALS.secured,
      ...REFUSALS.unknown,
      ...REFUSALS.invalid,
    },
  },
  access: admin,
  handler: async (c, { query }) => {
    const sorts = readSorts(query.sort_by, among(USER_FIELDS));
    return pageResponse(c, User, query, await usersBy(c.env.db, { ...query, sorts, page: query }));
  },
});
