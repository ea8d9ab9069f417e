import * as z from "zod";
import type { CommitDetails, GitPerson } from "../../../db/schema/index.ts";
import { OptionalInstant } from "./timestamps.ts";

const Text = z.string().min(1);
const Person = z.looseObject({
  name: z.string().nullish().catch(null),
  email: z.string().nullish().catch(null),
  date: OptionalInstant.catch(null),
});
const Account = z.looseObject({ login: Text });
const Parents = z.array(z.looseObject({ sha: Text }));
const Tree = z.union([Text, z.looseObject({ sha: Text }).transform(({ sha }) => sha)]);

/** Members of an account that are kept; addresses follow from the login. */
const ACCOUNT_MEMBERS = ["login", "id", "node_id", "avatar_url", "html_url", "type", "site_admin"] as const;

/** What a payload tells of a commit beside its columns, none of it checked; `time` stands in for a date of its people. */
type Told = {
  author: unknown;
  committer: unknown;
  tree: unknown;
  time: string | null;
  nodeId?: unknown;
  parents?: unknown;
  authorAccount?: unknown;
  committerAccount?: unknown;
};

/** The details of a commit (contract section 7). A part that cannot be read is left out: no commit is refused for one. */
export function readDetails(told: Told): CommitDetails {
  const parts = {
    nodeId: Text.safeParse(told.nodeId).data,
    author: readPerson(told.author, told.time),
    committer: readPerson(told.committer, told.time),
    tree: Tree.safeParse(told.tree).data,
    parents: Parents.safeParse(told.parents).data?.map(({ sha }) => sha),
    authorAccount: readAccount(told.authorAccount),
    committerAccount: readAccount(told.committerAccount),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

function readPerson(told: unknown, time: string | null): GitPerson | undefined {
  const { data } = Person.safeParse(told);
  if (data === undefined) return undefined;
  const at = data.date ?? time;
  return { name: data.name ?? null, email: data.email ?? null, date: at === null ? null : toSeconds(at) };
}

/** As GitHub writes instants. */
function toSeconds(instant: string): string {
  return instant.replace(/\.\d+Z$/, "Z");
}

function readAccount(told: unknown): CommitDetails["authorAccount"] {
  const { data } = Account.safeParse(told);
  if (data === undefined) return undefined;
  const kept = ACCOUNT_MEMBERS.filter((name) => data[name] !== undefined);
  return Object.fromEntries(kept.map((name) => [name, data[name]]));
}
