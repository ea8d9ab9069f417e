import { doublePrecision, integer, jsonb, text } from "drizzle-orm/pg-core";
import { kernelci } from "./kernelci.ts";

/* The hardware registry as the operator loads it (contracts/kernelci, part 03); no route reads it yet. */

const described = () => ({
  id: text("id").primaryKey(),
  type: text("type"),
  url: text("url"),
  details: jsonb("details"),
});

export const siliconVendors = kernelci.table("hardware_registry_silicon_vendors", described());

export const platformVendors = kernelci.table("hardware_registry_platform_vendors", described());

export const processors = kernelci.table("hardware_registry_processors", {
  ...described(),
  vendorId: text("vendor_id").references(() => siliconVendors.id, { onDelete: "cascade" }),
  architecture: text("architecture"),
  cores: integer("cores"),
  maxClockSpeedMhz: doublePrecision("max_clock_speed_mhz"),
});

export const systemModules = kernelci.table("hardware_registry_system_modules", {
  ...described(),
  vendorId: text("vendor_id").references(() => platformVendors.id, { onDelete: "cascade" }),
  processorId: text("processor_id").references(() => processors.id, { onDelete: "cascade" }),
  formFactor: text("form_factor"),
});

export const platforms = kernelci.table("hardware_registry_platforms", {
  ...described(),
  vendorId: text("vendor_id").references(() => platformVendors.id, { onDelete: "cascade" }),
  processorId: text("processor_id").references(() => processors.id, { onDelete: "cascade" }),
  systemModuleId: text("system_module_id").references(() => systemModules.id, { onDelete: "cascade" }),
  formFactor: text("form_factor"),
});
