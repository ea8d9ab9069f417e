import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, inStatements, insertFrom } from "../../recordset.ts";
import { platforms, platformVendors, processors, siliconVendors, systemModules } from "../../schema/index.ts";

const described = ["id", "type", "url", "details"] as const;
const processorColumns = [...described, "vendorId", "architecture", "cores", "maxClockSpeedMhz"] as const;
const moduleColumns = [...described, "vendorId", "processorId", "formFactor"] as const;
const platformColumns = [...moduleColumns, "systemModuleId"] as const;

type Rows<T extends { $inferInsert: object }, C extends PropertyKey> = Pick<
  T["$inferInsert"],
  C & keyof T["$inferInsert"]
>[];

/** The parts of a hardware registry, no id twice within one. */
export type Registry = {
  siliconVendors: Rows<typeof siliconVendors, (typeof described)[number]>;
  platformVendors: Rows<typeof platformVendors, (typeof described)[number]>;
  processors: Rows<typeof processors, (typeof processorColumns)[number]>;
  systemModules: Rows<typeof systemModules, (typeof moduleColumns)[number]>;
  platforms: Rows<typeof platforms, (typeof platformColumns)[number]>;
};

/** Adds what a registry says, and replaces what it says anew; what it leaves out stays. What is named comes first. */
export async function storeRegistry(tx: Database, registry: Registry): Promise<void> {
  for (const rows of inStatements(registry.siliconVendors))
    await tx.execute(sql`${insertFrom(siliconVendors, described, rows)}
      on conflict (id) do update set ${fromExcluded(siliconVendors, described)}`);
  for (const rows of inStatements(registry.platformVendors))
    await tx.execute(sql`${insertFrom(platformVendors, described, rows)}
      on conflict (id) do update set ${fromExcluded(platformVendors, described)}`);
  for (const rows of inStatements(registry.processors))
    await tx.execute(sql`${insertFrom(processors, processorColumns, rows)}
      on conflict (id) do update set ${fromExcluded(processors, processorColumns)}`);
  for (const rows of inStatements(registry.systemModules))
    await tx.execute(sql`${insertFrom(systemModules, moduleColumns, rows)}
      on conflict (id) do update set ${fromExcluded(systemModules, moduleColumns)}`);
  for (const rows of inStatements(registry.platforms))
    await tx.execute(sql`${insertFrom(platforms, platformColumns, rows)}
      on conflict (id) do update set ${fromExcluded(platforms, platformColumns)}`);
}
