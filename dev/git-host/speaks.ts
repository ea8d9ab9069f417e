import type { IncomingHttpHeaders } from "node:http";
import type { Fixture } from "./fixture.ts";

/** What a stand-in answers. */
export type Answer = { status: number; text: string; headers?: Readonly<Record<string, string>> };

/** One Git host's API over a recorded repository. */
export type Speaks = {
  isAuthorized(headers: IncomingHttpHeaders, token: string): boolean;
  answer(recorded: Fixture, repository: string, url: URL, headers: IncomingHttpHeaders): Answer;
};
