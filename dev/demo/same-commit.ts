import { randomUUID } from "node:crypto";

/** Sends results of other sources for one commit, by their own APIs; returns where each that was not taken said why. */
export async function sendOtherSources(edge: string, sha: string, repository: string): Promise<string[]> {
  const refused: string[] = [];
  for (const [path, body] of [
    ["/kernelci/submit", kernelSubmission(sha, repository)],
    ...["valid.jpg", "blurred.jpg"].map((input) => ["/qaboard/api/v1/output/", boardOutput(sha, repository, input)]),
  ] as const) {
    const answer = await fetch(`${edge}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) refused.push(`${path}: ${answer.status} ${text.slice(0, 200)}`);
  }
  return refused;
}

/** A checkout with a build, a boot and two tests, one of which is flaky. */
function kernelSubmission(sha: string, repository: string) {
  const origin = "demo";
  const id = () => `${origin}:${randomUUID()}`;
  const [checkout, build] = [id(), id()];
  const start_time = new Date().toISOString();
  const test = (path: string, status: string) => ({
    id: id(),
    origin,
    build_id: build,
    path,
    status,
    start_time,
    environment: { misc: { platform: "qemu-arm64" } },
    misc: { runtime: "lab-demo" },
  });
  return {
    version: { major: 5, minor: 3 },
    checkouts: [
      {
        id: checkout,
        origin,
        start_time,
        tree_name: "demo",
        git_repository_url: `https://github.com/${repository}.git`,
        git_repository_branch: "main",
        git_commit_hash: sha,
      },
    ],
    builds: [
      {
        id: build,
        origin,
        checkout_id: checkout,
        start_time,
        architecture: "arm64",
        config_name: "defconfig",
        compiler: "gcc-12",
        status: "PASS",
      },
    ],
    tests: [
      test("boot.nfs", "PASS"),
      test("kselftest.mm", "FAIL"),
      test("kselftest.net", "FAIL"),
      test("kselftest.net", "PASS"),
    ],
  };
}

/** A result of an algorithm on an image. */
function boardOutput(sha: string, project: string, input: string) {
  const folder = `/mnt/qaboard/${project}/${sha.slice(0, 2)}/${sha.slice(2, 16)}`;
  return {
    git_commit_sha: sha,
    commit_sha: sha,
    project,
    project_root: project,
    qaboard_config: { project: { name: project, reference_branch: "main" }, storage: "/mnt/qaboard" },
    commit_branch: "main",
    commit_message: "Tile reductions by the widest vector",
    commit_committer_name: "Octavia",
    commit_authored_datetime: new Date().toISOString(),
    batch_label: "default",
    job_type: "ci",
    user: "octavia",
    platform: "linux",
    database: "/data/demo",
    input_path: input,
    configurations: ["base"],
    extra_parameters: {},
    artifacts_commit: folder,
    output_directory: `${folder}/output/${input}`,
    metrics: { is_failed: input === "blurred.jpg", loss: input === "blurred.jpg" ? 9.5 : 1.5 },
  };
}
