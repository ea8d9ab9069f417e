import { z } from "@hono/zod-openapi";
import { refuse } from "./parameters.ts";

const WHOLE_NUMBER = /^\s*[+-]?\d+(_\d+)*(\.0*)?\s*$/;

/** A whole number of a body as pydantic reads it: a number, a text that says one, or a truth value (contract part 01, Errors). */
export function integer(description: string) {
  return z
    .unknown()
    .transform((given, context) => {
      if (typeof given === "boolean") return given ? 1 : 0;
      if (typeof given === "string") {
        if (WHOLE_NUMBER.test(given)) return bounded(Number(given.replaceAll("_", "")));
        return refuse(context, {
          type: "int_parsing",
          msg: "Input should be a valid integer, unable to parse string as an integer",
        });
      }
      if (typeof given !== "number")
        return refuse(context, { type: "int_type", msg: "Input should be a valid integer" });
      if (Number.isInteger(given)) return bounded(given);
      return refuse(context, {
        type: "int_from_float",
        msg: "Input should be a valid integer, got a number with a fractional part",
      });
    })
    .openapi({ type: "integer", description });
}

/** Beyond these no number is exact, and nothing has one. */
function bounded(number: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(number, Number.MAX_SAFE_INTEGER));
}
