import type { Scene } from "../fault.ts";
import { untilReady } from "../until-ready.ts";
import { type Client, clientFor } from "./client.ts";
import { attempt, begin, changed, type Outcome, type Tally, type Thing } from "./outcomes.ts";
import type { Place } from "./place.ts";
import { documentOf, valuesIn } from "./values.ts";

const EXECUTED = "2024-02-29T12:00:00";

/** Writes as somebody until `isOver`: registers, then submits sites, which are decided, and results, which are claimed. */
export async function writeUntil(scene: Scene, place: Place, tally: Tally, who: string, isOver: () => boolean) {
  const writer = await clientFor(scene, who);
  await register(writer, tally, scene.stack.edgeUrl);
  for (let turn = 0; !isOver(); turn += 1) {
    const before = tally.unanswered;
    await submitSite(writer, place, tally, turn);
    await submitResult(writer, place, tally, turn);
    if (tally.unanswered > before) await untilReady(scene.stack.edgeUrl);
  }
}

/** Comes again until the answer says that they are registered, by whichever request. */
async function register(writer: Client, tally: Tally, edgeUrl: string): Promise<void> {
  const user = begin(tally, "user", `${writer.sub}@example.org`);
  const registered: Outcome = { rows: [{ sub: writer.sub }], mails: ["registered"] };
  for (;;) {
    let wasThere = false;
    const send = async () => {
      const answer = await writer.write("POST", "/users:register");
      wasThere = answer?.status === 409 && user.outcomes.length > 2;
      return wasThere ? { status: 200, id: undefined } : answer;
    };
    if ((await attempt(tally, user, send, () => registered)) !== undefined) return;
    await untilReady(edgeUrl);
  }
}

async function submitSite(writer: Client, { admin }: Place, tally: Tally, turn: number): Promise<void> {
  const name = `${writer.sub}-site-${turn}`;
  const site = begin(tally, "site", name);
  const address = `${name} Street 1`;
  const row = { address, status: "on_review", uploader_sub: writer.sub, submits: 1 };
  const made = await attempt(
    tally,
    site,
    () => writer.write("POST", "/sites", { name, address }),
    () => ({ rows: [row], mails: ["submitted"] }),
  );
  if (!keepId(site, made)) return;
  const decide = (how: "approve" | "reject") => () => admin.write("POST", `/sites/${site.id}:${how}`);
  if (turn % 3 === 0)
    await attempt(tally, site, decide("approve"), (before) =>
      changed(before, (one) => ({ ...one, status: "approved", submits: 0 }), "approved"),
    );
  if (turn % 3 === 1)
    await attempt(tally, site, decide("reject"), ({ mails }) => ({ rows: [], mails: ["rejected", ...mails].sort() }));
}

async function submitResult(writer: Client, place: Place, tally: Tally, turn: number): Promise<void> {
  const { benchmark, site, flavor, tags } = place;
  const name = `${writer.sub}-result-${turn}`;
  const result = begin(tally, "result", name);
  const document = documentOf(name, turn);
  const query = { benchmark_id: benchmark, flavor_id: flavor, execution_datetime: `${EXECUTED}Z`, tags_ids: tags[0] };
  const row = {
    ...{ json: document, benchmark_id: benchmark, site_id: site, flavor_id: flavor, uploader_sub: writer.sub },
    ...{ execution_datetime: EXECUTED, deleted: false, tags: [tags[0]], values: valuesIn(document), claims: [] },
  };
  const post = () => writer.write("POST", `/results?${new URLSearchParams(query)}`, document);
  if (!keepId(result, await attempt(tally, result, post, () => ({ rows: [row], mails: [] })))) return;
  if (turn % 2 === 0) {
    const replace = () => writer.write("PUT", `/results/${result.id}/tags`, { tags_ids: tags });
    const both = (before: Outcome) => changed(before, (one) => ({ ...one, tags: [...tags].sort() }));
    if ((await attempt(tally, result, replace, both)) === undefined) return;
  }
  if (turn % 2 === 1) await claimResult(writer, place, tally, result, turn);
}

/** Hides a result by a claim; every other claim is rejected, which shows the result again. */
async function claimResult(writer: Client, { admin }: Place, tally: Tally, result: Thing, turn: number): Promise<void> {
  const claim = { status: "on_review", uploader_sub: writer.sub, submits: 1 };
  const made = await attempt(
    tally,
    result,
    () => writer.write("POST", `/results/${result.id}:claim`, { message: `about ${result.name}` }),
    (before) => changed(before, (row) => ({ ...row, deleted: true, claims: [claim] }), "claimed"),
  );
  if (made?.id === undefined) return;
  result.claim = made.id;
  if (turn % 4 !== 3) return;
  const reject = () => admin.write("POST", `/reports/claims/${result.claim}:reject`);
  const shown = (before: Outcome) =>
    changed(before, (row) => ({ ...row, deleted: false, claims: [] }), "rejected", "restored");
  await attempt(tally, result, reject, shown);
}

function keepId(thing: Thing, made: Awaited<ReturnType<typeof attempt>>): boolean {
  if (made?.id !== undefined) thing.id = made.id;
  return made?.id !== undefined;
}
