import { spawnSync } from "node:child_process";
import { chownSync, closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A file system in memory at a folder's place, with what the folder held. */
export type SmallDisk = { fill(): void; clear(): void; unmount(): void };

const BLOCK = Buffer.alloc(65_536);

/** Why no file system can be mounted here; undefined when one can. */
export function whyNoMount(): string | undefined {
  if (process.platform !== "linux") return "mounting a small disk needs Linux";
  return process.getuid?.() === 0 ? undefined : "mounting a small disk needs root";
}

/** Moves a folder that nothing uses to a disk of its own of so many megabytes, mounted at the same place. */
export function moveToSmallDisk(folder: string, megabytes: number): SmallDisk {
  const { uid, gid } = statSync(folder);
  const moved = `${folder}.moved`;
  renameSync(folder, moved);
  mkdirSync(folder, { mode: 0o700 });
  mount(["-t", "tmpfs", "-o", `size=${megabytes}m,mode=700,uid=${uid},gid=${gid}`, "tmpfs", folder]);
  const unmount = () => void spawnSync("umount", ["-l", folder]);
  process.once("exit", unmount);
  copyOwned(moved, folder);
  rmSync(moved, { recursive: true });
  const ballast = join(folder, "ballast");
  return {
    fill() {
      const file = openSync(ballast, "w");
      try {
        for (;;) writeSync(file, BLOCK);
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
      } finally {
        closeSync(file);
      }
      chownSync(ballast, uid, gid);
    },
    clear: () => rmSync(ballast, { force: true }),
    unmount() {
      process.off("exit", unmount);
      unmount();
    },
  };
}

/** Node's own copy gives every file to the copier. */
function copyOwned(from: string, to: string): void {
  const { status, stderr } = spawnSync("cp", ["-a", `${from}/.`, to], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the copy failed: ${stderr.trim()}`);
}

function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync("mount", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`the mount failed: ${stderr.trim()}`);
}
