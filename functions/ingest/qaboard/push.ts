import * as z from "zod";
import { type Push, storePush } from "../../../db/upserts/qaboard/push.ts";
import { openGitHost } from "../../git-host/open-git-host.ts";
import { cleanJson } from "../../json-text/clean.ts";
import type { Kind } from "../kinds.ts";
import { Rejection } from "../outcome.ts";
import { readStorable, textOf } from "../parse-body.ts";
import { parsed } from "../parsed.ts";
import { refuseLargeStructure } from "../read/structure.ts";
import { readProjects } from "./project-configs.ts";

const MAX_VALUES = 200_000;

const Event = z.looseObject({
  ref: z.string(),
  checkout_sha: z.string().nullable(),
  project: z.looseObject({ path_with_namespace: z.string().min(1) }),
});

/** Branches as GitLab names them; of other refs only the last part is told. */
const REF = /^refs\/(?:heads|tags)\//;

/** A push (contract section 8): what it says at once, and then what the Git host has of the commit. */
export const qaboardPush: Kind<Push | undefined> = {
  read(_, body) {
    const text = textOf(body);
    refuseLargeStructure(text, { values: MAX_VALUES });
    const { value, replaced } = readStorable(text, ({ depth }) => depth < 2);
    const { ref, checkout_sha: hash, project } = parsed(Event, value);
    if (hash === null) return { outcome: "ignored", item: undefined, replaced };
    const branch = ref.replace(REF, "");
    return {
      outcome: "applied",
      replaced,
      item: { repository: project.path_with_namespace, git: JSON.stringify(project), hash, branch, commits: [] },
    };
  },
  async keep(push, config) {
    const host = openGitHost(config);
    if (push === undefined || host === undefined) return push;
    const commit = await host.commit(push.repository, push.hash);
    const projects = commit === undefined ? undefined : await readProjects(host, push.repository, commit.hash);
    if (commit === undefined || projects === undefined) return push;
    const commits = projects.map(({ id, config: projectConfig, metrics }) => ({
      projectId: id,
      hash: commit.hash,
      message: commit.message,
      committer: commit.committerName,
      authored: commit.authoredAt,
      parents: commit.parents,
      data: storable({ qatools_config: projectConfig, ...(metrics === undefined ? {} : { qatools_metrics: metrics }) }),
    }));
    return { ...push, commits };
  },
  async store(tx, pushes) {
    for (const push of pushes) if (push !== undefined) await storePush(tx, push);
  },
};

/** Free JSON as a text that can be stored. */
function storable(value: unknown): string {
  try {
    return cleanJson(JSON.stringify(value), () => false).text;
  } catch {
    throw new Rejection("the configuration holds what cannot be stored");
  }
}
