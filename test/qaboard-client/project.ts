import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A project as the client expects one: its folder, a repository with one commit, and where its files go. */
export type Project = { name: string; folder: string; commit(message: string): string };

const ENTRYPOINT = `
def run(ctx):
    gain = ctx.params.get("gain", 1)
    ctx.output_dir.mkdir(parents=True, exist_ok=True)
    (ctx.output_dir / "out.txt").write_text("done")
    return {"is_failed": False, "loss": 1.5 * gain, "frames": 12}
`;

const METRICS = `
available_metrics:
  loss: {label: Loss, short_label: loss, smaller_is_better: true, target: 1, scale: 1, suffix: ""}
  frames: {label: Frames, short_label: frames, smaller_is_better: false, target: 10, scale: 1, suffix: ""}
main_metrics: [loss]
`;

const BATCHES = `
nightly:
  inputs: [images/a.txt, images/b.txt]
  configurations: [base]
`;

const SEARCH = `
objective:
  loss: {loss: identity}
evaluations: 3
search_space:
  - Real: {name: gain, low: 0.5, high: 2.0}
`;

const settings = (name: string, folder: string) => `
project: {name: ${name}, url: "git@gitlab.example.org:${name}", entrypoint: qa/main.py, reference_branch: master}
inputs: {database: {linux: "${folder}/database"}, globs: "*.txt", batches: [qa/batches.yaml]}
outputs: {metrics: qa/metrics.yaml}
storage: "${folder}/storage"
artifacts: {sources: {glob: "qa/*.py"}}
bit-accuracy: {patterns: ["*.txt"]}
`;

/** Makes a project with two inputs below a folder. */
export function makeProject(below: string): Project {
  const name = "lab/denoise";
  const folder = join(below, "project");
  const write = (path: string, text: string) => {
    mkdirSync(join(below, path, ".."), { recursive: true });
    writeFileSync(join(below, path), text);
  };
  for (const input of ["a", "b"]) write(`database/images/${input}.txt`, input);
  mkdirSync(join(below, "storage"), { recursive: true });
  write("project/qaboard.yaml", settings(name, below));
  write("project/qa/main.py", ENTRYPOINT);
  write("project/qa/metrics.yaml", METRICS);
  write("project/qa/batches.yaml", BATCHES);
  write("project/search.yaml", SEARCH);
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  git("init", "--quiet", "--initial-branch=master");
  git("config", "user.name", "Ada");
  git("config", "user.email", "ada@example.org");
  git("remote", "add", "origin", `https://gitlab.example.org/${name}.git`);
  const commit = (message: string) => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  };
  return { name, folder, commit };
}
