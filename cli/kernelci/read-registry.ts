import { parse } from "yaml";
import * as z from "zod";
import type { Registry } from "../../db/upserts/kernelci/registry.ts";
import { outbound } from "../../functions/outside/outbound.ts";

const LIMITS = { timeoutMs: 30_000, maxBytes: 16 * 1_048_576 };
const MAX_FILES = 200;

const text = z.string().nullish();
const described = { id: z.string().min(1), type: text, url: text, details: z.unknown().optional() };
const Vendor = z.object(described);
const Processor = z
  .object({
    ...described,
    vendor_id: text,
    architecture: text,
    cores: z.int32().nullish(),
    max_clock_speed_mhz: z.number().nullish(),
  })
  .transform(({ vendor_id: vendorId, max_clock_speed_mhz: maxClockSpeedMhz, ...row }) => ({
    ...row,
    ...{ vendorId, maxClockSpeedMhz },
  }));
const named = { ...described, vendor_id: text, processor_id: text, form_factor: text };
const SystemModule = z
  .object(named)
  .transform(({ vendor_id: vendorId, processor_id: processorId, form_factor: formFactor, ...row }) => ({
    ...row,
    ...{ vendorId, processorId, formFactor },
  }));
const Platform = z
  .object({ ...named, system_module_id: text })
  .transform(({ vendor_id: vendorId, processor_id: processorId, form_factor: formFactor, ...rest }) => {
    const { system_module_id: systemModuleId, ...row } = rest;
    return { ...row, vendorId, processorId, formFactor, systemModuleId };
  });

const section = <T extends z.ZodType>(row: T) =>
  z
    .record(z.string(), row)
    .nullish()
    .transform((rows) => rows ?? {});

/** A registry as the pipeline writes it: five sections of rows under names of their own. Other keys are ignored. */
const RegistryFile = z.object({
  silicon_vendors: section(Vendor),
  platform_vendors: section(Vendor),
  processors: section(Processor),
  system_modules: section(SystemModule),
  platforms: section(Platform),
});
type RegistryFile = z.output<typeof RegistryFile>;

/** An index: the registry files, as addresses relative to its own. */
const Index = z
  .union([z.array(z.string()), z.object({ files: z.array(z.string()) }).transform(({ files }) => files)])
  .pipe(z.array(z.string().min(1)).min(1).max(MAX_FILES));

/** Reads a registry; throws an Error that names the file and what is wrong in it. */
export function readRegistry(name: string, content: string): RegistryFile {
  const read = readYaml(name, content, RegistryFile);
  if (Object.values(read).every((rows) => Object.keys(rows).length === 0)) throw new Error(`${name}: holds no section`);
  return read;
}

/** One registry of several; of rows with the same id the last counts. */
export function joinRegistries(files: readonly RegistryFile[]): Registry {
  const rows = <R extends { id: string }>(rowsIn: (file: RegistryFile) => Record<string, R>): R[] => [
    ...new Map(files.flatMap((file) => Object.values(rowsIn(file))).map((row) => [row.id, row])).values(),
  ];
  return {
    siliconVendors: rows((file) => file.silicon_vendors),
    platformVendors: rows((file) => file.platform_vendors),
    processors: rows((file) => file.processors),
    systemModules: rows((file) => file.system_modules),
    platforms: rows((file) => file.platforms),
  };
}

/** Reads all registries of an index; its files are asked for where it lies, and on no other host. */
export async function fetchRegistries(index: string): Promise<RegistryFile[]> {
  const files = readYaml(index, await fetchText(index, index), Index);
  const registries: RegistryFile[] = [];
  for (const file of files) {
    const url = URL.canParse(file, index) ? new URL(file, index).href : file;
    registries.push(readRegistry(url, await fetchText(url, index)));
  }
  return registries;
}

async function fetchText(url: string, index: string): Promise<string> {
  const { host } = new URL(index);
  const { status, body } = await outbound(
    { url, method: "GET", headers: new Headers({ accept: "*/*", "user-agent": "runledger" }) },
    { hosts: [host], ...LIMITS },
  );
  if (status !== 200) throw new Error(`${url}: answered ${status}`);
  return new TextDecoder().decode(body);
}

function readYaml<T extends z.ZodType>(name: string, content: string, schema: T): z.output<T> {
  let value: unknown;
  try {
    value = parse(content, { maxAliasCount: 100 });
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : "no YAML"}`);
  }
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const faults = error.issues.slice(0, 20).map(({ path, message }) => `${name}: ${path.join(".")}: ${message}`);
  throw new Error(faults.join("\n"));
}
