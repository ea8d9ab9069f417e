import type { Context } from "hono";
import type { Env } from "../env.ts";
import { errorAnswer } from "./errors.ts";
import { isBelow, type Source } from "./source.ts";

type Errors = Pick<Source, "mounts" | "notFound" | "methodNotAllowed">;

/** Answers an address nothing is served at; below a source's mounts in its own shape, which its clients read. */
export function answerNotFound(sources: readonly Errors[]) {
  return (c: Context<Env>): Response =>
    findSource(sources, c)?.notFound?.(c) ?? errorAnswer(c, 404, "not_found", "Nothing is served at this address.");
}

/** Answers an address that exists, but not for this method. */
export function answerMethodNotAllowed(sources: readonly Errors[]) {
  return (c: Context<Env>, methods: readonly string[]): Response => {
    c.header("allow", methods.join(", "));
    const message = `This address serves ${methods.join(", ")}.`;
    return findSource(sources, c)?.methodNotAllowed?.(c) ?? errorAnswer(c, 405, "method_not_allowed", message);
  };
}

function findSource(sources: readonly Errors[], c: Context<Env>): Errors | undefined {
  return sources.find(({ mounts }) => mounts.some(({ path }) => isBelow(path, c.req.path)));
}
