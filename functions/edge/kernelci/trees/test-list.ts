import type { Context } from "hono";
import { testsOfCommit } from "../../../../db/queries/kernelci/tree/tests.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { readFilters } from "../http/filters.ts";
import type { PathNames } from "../http/route-table.ts";
import { listAddress, NO_RESULTS, wholeEnvironment } from "./address.ts";

/** Answers with the boots or the other tests of a commit (contract part 05). */
export async function answerTests(c: Context<Env>, names: PathNames, kind: "boots" | "tests"): Promise<Response> {
  const address = listAddress(c, names);
  if (!address.ok) return address.answer;
  const environment = wholeEnvironment(c);
  if (!environment.ok) return environment.answer;
  const filters = readFilters(c);
  if (!filters.ok) return filters.answer;
  const asked = { kind, whole: environment.value.full_environment_misc };
  const { checkouts, items } = await testsOfCommit(c.env.db, address.value, filters.value, asked);
  return checkouts === 0 ? nothingFound(c, NO_RESULTS) : jsonAnswer(c, `{"${kind}":${items}}`);
}
