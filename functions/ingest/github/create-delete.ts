import * as z from "zod";
import type { GithubFacts } from "../../../db/upserts/github/facts.ts";
import { branchVersion, Repository } from "./repository.ts";

/** `create` and `delete`: of a branch they decide its life, of a tag nothing (contract section 3). */
export const RefEvent = z.looseObject({
  ref: z.string(),
  ref_type: z.string(),
  sender: z.looseObject({ login: z.string() }).nullish(),
  repository: Repository,
});

/** The branch that was made or removed; undefined for a tag, which is ignored. */
export function factsOfRef(
  payload: z.infer<typeof RefEvent>,
  kind: "create" | "delete",
  arrival: string,
): Partial<GithubFacts> | undefined {
  if (payload.ref_type !== "branch") return undefined;
  return {
    branches: [
      {
        repoId: payload.repository.id,
        name: payload.ref,
        version: branchVersion(payload.repository),
        arrival,
        kind,
        before: null,
        after: null,
        login: payload.sender?.login ?? null,
      },
    ],
  };
}
