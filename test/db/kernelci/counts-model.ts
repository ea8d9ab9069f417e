/** The derived tables said once more in plain words, from the stored objects (contract part 02). */

type Row = Record<string, unknown>;
export type StoredObjects = { checkouts: Row[]; builds: Row[]; tests: Row[]; incidents: Row[] };
export type Counts = {
  rollup: Row[];
  boards: Row[];
  hardware: Row[];
  listing: Row[];
  waitingTests: unknown[];
  waitingBuilds: unknown[];
};

const IDENTITY = ["origin", "tree_name", "git_repository_url", "git_repository_branch", "git_commit_hash"];

/** Every group that counts something; a group of zeros is no group. */
export function countsOf({ checkouts, builds, tests, incidents }: StoredObjects): Counts {
  const checkoutOf = new Map(checkouts.map((checkout) => [checkout.id, checkout]));
  const buildOf = new Map(builds.map((build) => [build.id, build]));
  const rollup = new Groups();
  const boards = new Groups();
  const hardware = new Groups();
  const listing = new Groups();
  const ranOn = new Map<string, Row>();
  for (const test of tests) {
    const build = buildOf.get(test.build_id);
    const checkout = checkoutOf.get(build?.checkout_id);
    if (build === undefined || checkout === undefined) continue;
    const platform = fieldOf(test.environment_misc, "platform");
    const [group] = String(test.path ?? "").split(".");
    const issue = incidents
      .filter(({ test_id }) => test_id === test.id)
      .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))[0];
    const what = group === "boot" ? "boot" : "test";
    const [compatible] = Array.isArray(test.environment_compatible) ? test.environment_compatible : [];
    const place = {
      ...identityOf(checkout),
      path_group: group || "-",
      build_config_name: build.config_name || "Unknown",
      build_architecture: build.architecture || "Unknown",
      build_compiler: build.compiler || "Unknown",
      hardware_key: compatible || platform || "Unknown",
      test_platform: platform ?? null,
      test_lab: fieldOf(test.misc, "runtime") ?? null,
      test_origin: test.origin,
      issue_id: issue?.issue_id ?? null,
      issue_version: issue?.issue_version ?? null,
      issue_uncategorized: test.status === "FAIL" && issue === undefined,
      is_boot: what === "boot",
    };
    rollup.add(place, `${String(test.status ?? "null").toLowerCase()}_tests`);
    rollup.add(place, "total_tests");
    if (platform !== undefined || compatible !== undefined) {
      const board = {
        ...{ checkout_id: checkout.id, build_id: build.id, test_origin: test.origin, test_lab: place.test_lab },
        ...{ platform: platform ?? null, compatibles: test.environment_compatible },
        is_boot: test.path === null ? null : what === "boot",
      };
      boards.add(board, `${String(test.status ?? "null").toLowerCase()}_tests`);
      boards.add(board, "total_tests");
      if (test.status === "FAIL")
        for (const { test_id } of incidents) if (test_id === test.id) boards.add(board, "fail_incidents");
    }
    listing.add(identityOf(checkout), `${what}_${outcomeOf(test)}`);
    if (!platform) continue;
    const machine = { test_origin: test.origin, platform, checkout_id: checkout.id };
    hardware.add(machine, `${what}_${outcomeOf(test)}`);
    if (isBuild(build) && !ranOn.has(`${build.id} ${test.origin} ${platform}`)) {
      ranOn.set(`${build.id} ${test.origin} ${platform}`, test);
      hardware.add(machine, `build_${outcomeOf(build)}`);
    }
  }
  for (const build of builds) {
    const checkout = checkoutOf.get(build.checkout_id);
    if (checkout !== undefined && isBuild(build)) listing.add(identityOf(checkout), `build_${outcomeOf(build)}`);
  }
  return {
    rollup: rollup.rows(),
    boards: boards.rows(),
    hardware: hardware.rows(),
    listing: listing.rows(),
    waitingTests: tests
      .filter(({ build_id }) => !buildOf.has(build_id))
      .map(waitingTest)
      .sort(byText),
    waitingBuilds: builds
      .filter(({ checkout_id }) => !checkoutOf.has(checkout_id))
      .map(waitingBuild)
      .sort(byText),
  };
}

function waitingTest(test: Row): Row {
  return {
    test_id: test.id,
    origin: test.origin,
    platform: fieldOf(test.environment_misc, "platform") ?? null,
    compatible: test.environment_compatible,
    build_id: test.build_id,
    status: simple(test),
    is_boot: test.path === "boot" || String(test.path).startsWith("boot."),
    path: test.path,
    start_time: test.start_time,
    lab: fieldOf(test.misc, "runtime") ?? null,
    full_status: test.status,
  };
}

function waitingBuild(build: Row): Row {
  return { build_id: build.id, origin: build.origin, checkout_id: build.checkout_id, status: simple(build) };
}

const simple = ({ status }: Row) => (status === null ? null : ({ PASS: "P", FAIL: "F" }[String(status)] ?? "I"));
const outcomeOf = ({ status }: Row) => ({ PASS: "pass", FAIL: "failed" })[String(status)] ?? "inc";
const isBuild = ({ id }: Row) => !String(id).startsWith("maestro:dummy_");
const orderOf = (incident: Row) => `${incident._timestamp} ${incident.id}`;
const identityOf = (checkout: Row) => Object.fromEntries(IDENTITY.map((name) => [name, checkout[name]]));

function fieldOf(object: unknown, name: string): string | undefined {
  const value =
    typeof object === "object" && object !== null ? Object.entries(object).find(([key]) => key === name) : undefined;
  // A field that holds null reads like one that is not there.
  return value === undefined || value[1] === null ? undefined : String(value[1]);
}

/** Rows in an order of their own, so that lists of them can be compared. */
export const byText = (a: unknown, b: unknown) => (textOf(a) < textOf(b) ? -1 : 1);
const textOf = (row: unknown) => JSON.stringify(Object.entries(Object(row)).sort(([a], [b]) => (a < b ? -1 : 1)));

class Groups {
  readonly #rows = new Map<string, Record<string, unknown>>();

  add(group: Row, counter: string): void {
    const key = textOf(group);
    const row = this.#rows.get(key) ?? { ...group };
    row[counter] = Number(row[counter] ?? 0) + 1;
    this.#rows.set(key, row);
  }

  rows(): Row[] {
    return [...this.#rows.values()].sort(byText);
  }
}
