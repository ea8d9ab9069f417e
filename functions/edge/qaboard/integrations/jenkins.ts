import { Buffer } from "node:buffer";
import { isJsonObject } from "../../../json-text/json-object.ts";
import type { OutboundAnswer } from "../../../outside/outbound.ts";
import type { Config } from "../../config.ts";
import { allowedFetch } from "./allowed-fetch.ts";

/** Asks a Jenkins server with the credentials of its host; undefined when there are none. */
export async function askJenkins(
  method: "GET" | "POST",
  url: string,
  config: Config,
): Promise<OutboundAnswer | undefined> {
  const host = URL.canParse(url) ? new URL(url).host : "";
  const known = Object.hasOwn(config.QABOARD_JENKINS_AUTH, host) ? config.QABOARD_JENKINS_AUTH[host] : undefined;
  if (known === undefined) return undefined;
  const { user, token, crumb } = known;
  const headers = new Headers({
    authorization: `Basic ${Buffer.from(`${user}:${token}`).toString("base64")}`,
    ...(crumb === "" ? {} : { "jenkins-crumb": crumb }),
  });
  return await allowedFetch({ url, method, headers }, config);
}

/** An answer's body as text. */
export const textOf = ({ body }: OutboundAnswer) => new TextDecoder().decode(body);

/** A JSON object in a text; undefined for anything else. */
export function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
