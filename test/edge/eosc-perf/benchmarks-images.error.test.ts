import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, inject, test } from "vitest";
import { fresh, somebody } from "../../support/eosc-perf.ts";
import { bearer, NOWHERE, ownEdge } from "../../support/own-edge.ts";

/** A registry that hands out tokens, as public ones do, and has an image for each way things go wrong. */
const asked: string[] = [];
const registry = createServer((request, answer) => reply(request, answer)).listen(0, "127.0.0.1");
await once(registry, "listening");
afterAll(() => registry.close());
beforeEach(() => void asked.splice(0));
// The socket listens on a port, so that its address is one.
const base = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;

function reply({ url = "", headers }: IncomingMessage, answer: ServerResponse): void {
  asked.push(url);
  const [, kind = "", image = ""] = /^\/v2\/(?:library\/)?(\w+)([^/]*).*\/manifests\/1$/.exec(url) ?? [];
  const realm = kind === "elsewhere" ? "http://tokens.example.org/token" : `${base}/token`;
  const challenge = { "www-authenticate": `Bearer realm="${realm}",service="tests",scope="repository:${image}:pull"` };
  if (url.startsWith("/token")) answer.end(JSON.stringify({ token: "granted" }));
  else if (kind === "broken") answer.writeHead(500).end();
  else if (!/manifest\.v2\+json.*manifest\.list.*oci\.image\.index/.test(headers.accept ?? ""))
    answer.writeHead(406).end();
  else if (headers.authorization !== "Bearer granted") answer.writeHead(401, challenge).end();
  else if (kind === "private") answer.writeHead(401, challenge).end();
  else answer.writeHead(kind === "missing" ? 404 : 200).end();
}

const settings = (url: string) => () => ({
  EOSC_PERF_REGISTRY_URL: url,
  EOSC_PERF_REGISTRY_HOSTS: "ghcr.io",
  EOSC_PERF_LOCAL_ISSUER: inject("stack").issuerUrl,
});
const edge = ownEdge(settings(base));
const cutOff = ownEdge(settings(`http://${NOWHERE}`));
const { token } = await somebody();

/** Status and reason of submitting an image. */
async function submitted(docker_image: string, { url } = edge()): Promise<[number, string | undefined]> {
  const body = JSON.stringify({ docker_image, docker_tag: "1", url: "u", json_schema: {} });
  const headers = { ...bearer(token), "content-type": "application/json" };
  const answer = await fetch(`${url}/eosc-perf/benchmarks`, { method: "POST", headers, body });
  const { errors } = Object(await answer.json());
  return [answer.status, errors?.error.replace("Could not validate container image: ", "")];
}

test("a registry that wants a token is given the one it hands out", async () => {
  const image = fresh("public");
  expect(await submitted(image)).toEqual([201, undefined]);
  expect(asked).toEqual([
    `/v2/library/${image}/manifests/1`,
    `/token?service=tests&scope=repository%3A${encodeURIComponent(image.replace("public", ""))}%3Apull`,
    `/v2/library/${image}/manifests/1`,
  ]);
});

test.each([
  ["private/image", "Error: not authorized"],
  ["missing/image", "Error: manifest not found"],
  ["broken/image", "Error: pulling manifest"],
])("%s: %s", async (image, reason) => expect(await submitted(image)).toEqual([422, reason]));

test("tokens are not fetched from another domain than the registry's", async () => {
  expect(await submitted("elsewhere/image")).toEqual([422, "Error: not authorized"]);
  expect(asked).toEqual(["/v2/elsewhere/image/manifests/1"]);
});

test("other registries than those of the settings are not asked", async () => {
  const { port } = new URL(base);
  for (const image of [`127.0.0.1:${port}/public`, "169.254.169.254/latest", "registry.example.org/public"])
    expect(await submitted(image)).toEqual([422, "Error: manifest not found"]);
  expect(asked).toEqual([]);
});

test("a registry that is away has no image", async () =>
  expect(await submitted(fresh("public"), cutOff())).toEqual([422, "Error: manifest not found"]));

test.each([
  ["docker.io/", "library/"],
  ["Index.Docker.io/", "library/"],
  ["registry-1.docker.io/", "library/"],
  ["docker.io/user/", "user/"],
])("%s means Docker Hub's registry", async (before, repository) => {
  const image = fresh("public");
  expect(await submitted(before + image)).toEqual([201, undefined]);
  expect(asked[0]).toBe(`/v2/${repository}${image}/manifests/1`);
});

test("hosts that only look like Docker Hub's are not asked", async () => {
  for (const image of ["docker.io.example.org/public", "evil-docker.io/public", "docker.io/docker.io/x"])
    expect((await submitted(image))[0]).toBe(422);
  expect(asked).toEqual([]);
});
