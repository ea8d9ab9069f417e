import * as z from "zod";
import { documentRefusal, schemaRefusal } from "../../functions/json-schema/check.ts";
import { type Limits, SCHEMA_LIMITS } from "../../functions/json-schema/limits.ts";

/** The limits of a service whose settings name none. */
const LIMITS: Limits = z.object(SCHEMA_LIMITS).parse({});

export const checkDocument = (
  document: string,
  schema: string,
  limits: Partial<Limits> = {},
  batch?: { left: number },
) => documentRefusal({ text: document }, schema, { ...LIMITS, ...limits }, batch);

export const checkSchema = (schema: string, limits: Partial<Limits> = {}) =>
  schemaRefusal({ text: schema }, { ...LIMITS, ...limits });
