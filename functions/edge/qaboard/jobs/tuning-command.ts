/** What a tuning run is asked with. */
type Tuning = {
  batch_label: string;
  selected_group?: string | null | undefined;
  platform?: string | null | undefined;
  overwrite?: unknown;
  tuning_search?: Readonly<Record<string, unknown>> | null | undefined;
};

/**
 * The words of the command that a runner runs, in the folder of the commit's artifacts (contract section 9). They are never
 * joined for a shell; the texts of the batch files stand beside them, to be written as `batches-1.yaml` and so on.
 */
export function tuningCommand(tuning: Tuning, batchFiles: number): string[] {
  const { batch_label, selected_group, platform, overwrite, tuning_search: search = {} } = tuning;
  const isOptimization = search?.search_type === "optimize";
  const files = Array.from({ length: batchFiles }, (_, at) => ["--batches-file", `batches-${at + 1}.yaml`]).flat();
  const again = overwrite === "on" || overwrite === true ? "run" : "sync";
  return [
    "qa",
    ...(platform ? ["--platform", platform] : []),
    ...["--label", batch_label, isOptimization ? "optimize" : "batch", ...files, "--batch", selected_group ?? ""],
    ...["--tuning-search", JSON.stringify(search ?? {})],
    ...(isOptimization ? [] : ["--action-on-existing", again, "--no-wait"]),
  ];
}
