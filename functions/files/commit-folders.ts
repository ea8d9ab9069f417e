import { labelFolder } from "./label-folder.ts";
import { type ConfiguredStorage, saysStorage, storageRoots } from "./storage-roots.ts";

/** What folders of a commit follow from. */
export type CommitPlace = {
  hexsha: string;
  projectId: string;
  /** Path of the repository at its Git host, if the project says it. */
  repository: string | null;
  projectStorage: ConfiguredStorage;
  commitStorage: ConfiguredStorage;
  commitDirOverride: string | null;
};

/** Settings that folders follow from: a storage that wins over all, and the user that names may speak of. */
export type FolderSettings = { QABOARD_STORAGE?: string | undefined; QABOARD_STORAGE_USER: string };

/** Folders of a commit, as absolute paths (QA-Board contract section 2.2). */
export type CommitFolders = { outputs: string; artifacts: string; repositoryArtifacts: string };

/** The repository of a project, and where the project is in it. */
export function repositoryOf({ projectId, repository }: Pick<CommitPlace, "projectId" | "repository">) {
  const id = repository || projectId.split("/").slice(0, 2).join("/");
  return { id, relative: projectId.startsWith(`${id}/`) ? projectId.slice(id.length + 1) : "" };
}

/** The folders that a commit's files are in by convention, or where a post said. */
export function commitFolders(place: CommitPlace, settings: FolderSettings): CommitFolders {
  const { hexsha, projectStorage, commitStorage, commitDirOverride } = place;
  const { id, relative } = repositoryOf(place);
  const configured =
    settings.QABOARD_STORAGE === undefined
      ? saysStorage(projectStorage)
        ? projectStorage
        : commitStorage
      : { storage: settings.QABOARD_STORAGE };
  const names = { project: id, subproject: relative, user: settings.QABOARD_STORAGE_USER };
  const roots = storageRoots(configured, names);
  const commit = `${hexsha.slice(0, 2)}/${hexsha.slice(2, 16)}`;
  const repositoryArtifacts =
    commitDirOverride === null ? joined(roots.artifacts, id, commit) : withoutEnd(commitDirOverride, relative);
  return {
    outputs: joined(roots.outputs, id, commit, relative),
    artifacts: joined(repositoryArtifacts, relative),
    repositoryArtifacts,
  };
}

/** Folder of a batch within that of its commit's outputs. */
export function batchFolder(outputs: string, label: string): string {
  return label === "default" ? joined(outputs, "output") : joined(outputs, "output", labelFolder(label));
}

function withoutEnd(path: string, relative: string): string {
  const whole = joined(path);
  return relative !== "" && whole.endsWith(`/${relative}`) ? whole.slice(0, -relative.length - 1) : whole;
}

/** Joins paths the way Python's `Path` does: without empty steps, and without a slash at the end. */
function joined(...paths: string[]): string {
  const steps = paths
    .join("/")
    .split("/")
    .filter((step) => step !== "" && step !== ".");
  return `/${steps.join("/")}`;
}
