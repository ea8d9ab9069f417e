import { findExceededLimit, type StructureLimits } from "../../json-text/structure.ts";
import { Rejection } from "../outcome.ts";

/** Refuses a JSON text that holds more than its limits, before it is parsed. Throws Rejection. */
export function refuseLargeStructure(text: string, limits: StructureLimits): void {
  const { values, elementValues = values, elements = values } = limits;
  const reasons: Record<keyof StructureLimits, string> = {
    values: `the body holds more than ${values} values`,
    elements: `the body lists more than ${elements} objects: send it in parts`,
    elementValues: `an object holds more than ${elementValues} values`,
  };
  const exceeded = findExceededLimit(text, limits);
  if (exceeded !== undefined) throw new Rejection(reasons[exceeded]);
}
