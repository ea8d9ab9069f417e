import { createHash } from "node:crypto";
import { encode } from "fast-png";

export const MADE_PROJECT = "made/demo";
const STORAGE = "/mnt/qaboard";
const INPUTS = ["day/street.png", "day/forest.png", "night/street.png", "night/harbour.png"];
const SIDE = 64;

/** A made-up run: the body of its post, and its files by name. */
export type MadeOutput = { body: Record<string, unknown>; folder: string; files: Readonly<Record<string, Uint8Array>> };

/** Runs of a made-up commit a day, the last of them today; a day's are the same whenever they are made. */
export function* madeOutputs(days: number, today: Date): Generator<MadeOutput> {
  for (let ago = days - 1; ago >= 0; ago -= 1) {
    const day = new Date(today.getTime() - ago * 86_400_000).toISOString().slice(0, 10);
    const hash = createHash("sha1").update(`${MADE_PROJECT} ${day}`).digest("hex");
    for (const input of INPUTS) yield madeOutput({ day, hash, input, batch: "default", gain: 1 });
    if (ago === 0)
      for (const gain of [0.5, 2])
        for (const input of INPUTS) yield madeOutput({ day, hash, input, batch: "tuned", gain });
  }
}

type Run = { day: string; hash: string; input: string; batch: string; gain: number };

function madeOutput({ day, hash, input, batch, gain }: Run): MadeOutput {
  const commit = `${STORAGE}/${MADE_PROJECT}/${hash.slice(0, 2)}/${hash.slice(2, 16)}`;
  const folder = `${commit}/output/${batch}/${gain}/${input.replace(/\.png$/, "")}`;
  const drawn = createHash("sha256").update(`${hash} ${input} ${gain}`).digest();
  const loss = Number((0.2 + (drawn[0] ?? 0) / 512).toFixed(3));
  const isFailed = (drawn[1] ?? 0) < 20;
  const body = {
    git_commit_sha: hash,
    project: MADE_PROJECT,
    project_root: MADE_PROJECT,
    qaboard_config: {
      project: { name: MADE_PROJECT, reference_branch: "master" },
      storage: STORAGE,
      outputs: { visualizations: [{ name: "Image", path: "image.png", type: "image/png" }] },
    },
    qaboard_metrics: {
      available_metrics: {
        loss: { label: "Loss", smaller_is_better: true, target: 0.4 },
        psnr: { label: "PSNR", suffix: "dB", smaller_is_better: false },
      },
      main_metrics: ["loss", "psnr"],
      default_metric: "loss",
    },
    commit_branch: "master",
    commit_message: `Made-up change of ${day}`,
    commit_committer_name: "Made Up",
    commit_authored_datetime: `${day}T09:00:00+00:00`,
    commit_parents: [],
    batch_label: batch,
    job_type: batch === "default" ? "ci" : "local",
    user: "made-up",
    platform: "linux",
    input_type: "image",
    database: `${STORAGE}/database`,
    input_path: input,
    configurations: ["base"],
    extra_parameters: gain === 1 ? {} : { gain },
    artifacts_commit: commit,
    output_directory: folder,
    is_failed: isFailed,
    metrics: { is_failed: isFailed, loss, psnr: Number((40 - loss * 20).toFixed(2)) },
  };
  const log = `Run on ${input} with gain ${gain}\n${isFailed ? "The result differs from the reference.\n" : "Done.\n"}`;
  return { body, folder, files: { "image.png": drawnImage(drawn, gain), "log.txt": new TextEncoder().encode(log) } };
}

/** A gradient whose colours are the run's own. */
function drawnImage(drawn: Buffer, gain: number): Uint8Array {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let at = 0; at < data.length; at += 1) {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    data[at] = Math.min(255, (((drawn[channel + 2] ?? 0) * x + (drawn[channel + 5] ?? 0) * y) / (2 * SIDE)) * gain);
  }
  return encode({ width: SIDE, height: SIDE, data, channels: 3, depth: 8 });
}
