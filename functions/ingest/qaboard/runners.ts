import { Buffer } from "node:buffer";
import { Webhook } from "standardwebhooks";
import { withoutTrailingSlashes } from "../../formats/trailing-slashes.ts";
import { type OutboundRequest, outbound } from "../../outside/outbound.ts";
import type { Config } from "../config.ts";

const LIMITS = { timeoutMs: 15_000, maxBytes: 256 * 1024 };

/** A runner of the settings. `hand` gives the status it answers a job with; throws OutboundError when it does not answer. */
export type Runner = { name: string; hand(job: { id: string; json: string }): Promise<number> };

/** The runner that takes jobs; undefined while none is set. */
export function openRunner(config: Config): Runner | undefined {
  const { QABOARD_RUNNER_WEBHOOK_URL: url, QABOARD_RUNNER_WEBHOOK_SECRET: secret } = config;
  const { QABOARD_RUNNER_GITLAB: gitlab, QABOARD_RUNNER_JENKINS: jenkins } = config;
  if (url !== undefined) return webhookRunner(url, secret);
  if (gitlab !== undefined) return gitlabRunner(gitlab);
  return jenkins === undefined ? undefined : jenkinsRunner(jenkins);
}

/** Posts the job with the headers of Standard Webhooks; its id is the same each time, so that repeats can be told. */
function webhookRunner(url: string, secret: string | undefined): Runner {
  return {
    name: "webhook",
    async hand({ id, json }) {
      const at = new Date();
      const signature = secret === undefined ? undefined : new Webhook(secret).sign(id, at, json);
      const headers = new Headers({
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        ...(signature === undefined ? {} : { "webhook-signature": signature }),
      });
      return await statusOf({ url, method: "POST", headers, body: json });
    },
  };
}

function gitlabRunner({ url, project, ref, token }: NonNullable<Config["QABOARD_RUNNER_GITLAB"]>): Runner {
  return {
    name: "gitlab",
    async hand({ json }) {
      const form = new URLSearchParams({ token, ref, "variables[QABOARD_JOB]": json });
      const path = `/api/v4/projects/${encodeURIComponent(project)}/trigger/pipeline`;
      const headers = new Headers({ "content-type": "application/x-www-form-urlencoded" });
      return await statusOf({
        url: `${withoutTrailingSlashes(url)}${path}`,
        method: "POST",
        headers,
        body: form.toString(),
      });
    },
  };
}

function jenkinsRunner({ url, user, token, job_token }: NonNullable<Config["QABOARD_RUNNER_JENKINS"]>): Runner {
  return {
    name: "jenkins",
    async hand({ json }) {
      const form = new URLSearchParams({ QABOARD_JOB: json, ...(job_token === undefined ? {} : { token: job_token }) });
      const headers = new Headers({
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${Buffer.from(`${user}:${token}`).toString("base64")}`,
      });
      const to = `${withoutTrailingSlashes(url)}/buildWithParameters`;
      return await statusOf({ url: to, method: "POST", headers, body: form.toString() });
    },
  };
}

async function statusOf(request: OutboundRequest): Promise<number> {
  return (await outbound(request, { ...LIMITS, hosts: [new URL(request.url).host] })).status;
}
