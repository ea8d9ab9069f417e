import { replaceTags } from "../../../../db/upserts/eosc-perf/results.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { refusal, refusedFor } from "../http/errors.ts";
import { done, notFound } from "../http/outcomes.ts";
import { onlyOwner } from "../http/owner.ts";
import { bodyOf, DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";
import { TagsIdsText } from "../http/schemas.ts";
import { noTagTwice } from "./tags-once.ts";

/** Of as many changes of one result at once, each has its turn. */
const ATTEMPTS = 16;

/** Replaces a result's tags, all or none of them (contract section 8). */
export const route = defineRoute({
  contract: {
    method: "put",
    path: "/results/{result_id}/tags",
    operationId: "UpdateResult",
    summary: "Replace the tags of a result",
    description: "For its uploader and admins. Without `tags_ids` nothing changes.",
    tags: ["EOSC-Perf results"],
    security: TOKEN,
    request: { params: idParam("result_id"), body: bodyOf(TagsIdsText) },
    responses: {
      ...DONE,
      ...REFUSALS.malformed,
      ...REFUSALS.owned,
      ...REFUSALS.unknown,
      ...REFUSALS.conflict,
      ...REFUSALS.invalid,
    },
  },
  access: user,
  handler: async (c, { params: { result_id: id }, body: { tags_ids }, caller }) => {
    await onlyOwner(c, id, caller);
    if (tags_ids === undefined) return done(c);
    noTagTwice(tags_ids, `Conflict updating ${id}`);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const tagged = await replaceTags(c.env.db, id, tags_ids);
      if (tagged.is === "unknown") throw notFound("Result", id);
      if (tagged.is === "missing") throw refusedFor(404, `NoneType ${tagged.tag} not in database`);
      if (tagged.is === "done") return done(c);
    }
    throw refusal(503);
  },
});
