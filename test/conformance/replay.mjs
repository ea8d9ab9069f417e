#!/usr/bin/env node
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
// Replays recorded conversations (see README.md beside this file) against a running server and compares the answers.
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { startStub } from "./stub.mjs";

const { values: opt, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: "string" },
    seed: { type: "string" },
    submit: { type: "string" },
    "seed-cmd": { type: "string" },
    "after-load": { type: "string" },
    filter: { type: "string" },
    token: { type: "string", multiple: true, default: [] },
    "token-cmd": { type: "string" },
    stub: { type: "string" },
    prelude: { type: "string", multiple: true, default: [] },
    report: { type: "string" },
    timeout: { type: "string", default: "30" },
    bail: { type: "boolean", default: false },
    quiet: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (opt.help || !opt.base || positionals.length === 0) {
  console.error(`usage: replay.mjs --base URL [options] CASE.json|FOLDER ...
  --base URL          root of the API under test (the recordings' paths are appended to it)
  --seed FOLDER       seed files named by the cases' "needs"; each is submitted once, before the first case
  --submit URL        where seed files are POSTed; the answer's Location (or {"id"}) is polled until it is done
  --seed-cmd CMD      run as 'CMD FILE' before a case for each seed file it needs (its variables filled in), instead of --submit
  --after-load CMD    run once after the seeds of --submit are stored
  --token NAME=VALUE  a token variable: user_token, other_token, admin_token, submit_token (repeatable)
  --token-cmd CMD     command run as 'CMD user', 'CMD other', 'CMD admin', 'CMD submit' for tokens not given; prints one token
  --stub PORT=FILE    serve the answers in FILE (stub-routes.json) on 127.0.0.1:PORT; {{stub}} is its base URL
  --prelude FILE      a case run first; its failures are reported but don't count (repeatable)
  --filter TEXT       only cases whose name contains TEXT
  --report FILE       write every result as JSON
  --timeout SECONDS   for one request (30)
  --bail, --quiet, --verbose`);
  process.exit(2);
}

const freshRun = () => randomBytes(4).toString("hex");
const started = Math.floor(Date.now() / 1000) * 1000;
let stub;
const tokens = Object.fromEntries(opt.token.map((t) => [t.slice(0, t.indexOf("=")), t.slice(t.indexOf("=") + 1)]));
const UNIT = { s: 1e3, m: 6e4, h: 36e5, d: 864e5 };

function variable(name, vars) {
  if (name in vars) return vars[name];
  const when = /^now(?:([+-])(\d+(?:\.\d+)?)([smhd]))?(?::(\w+))?$/.exec(name);
  if (when) {
    const t = started + (when[2] ? (when[1] === "-" ? -1 : 1) * Number(when[2]) * UNIT[when[3]] : 0);
    if (when[4] === "epoch") return Math.floor(t / 1000);
    if (when[4] === "date") return new Date(t).toISOString().slice(0, 10);
    return new Date(t).toISOString();
  }
  if (name === "stub" && stub) return stub.base;
  if (name in tokens) return tokens[name];
  const token = /^(\w+)_token$/.exec(name);
  if (token && opt["token-cmd"]) {
    const [cmd, ...args] = opt["token-cmd"].split(" ");
    tokens[name] = execFileSync(cmd, [...args, token[1]], { encoding: "utf8" }).trim();
    return tokens[name];
  }
  throw new Error(`no value for {{${name}}}`);
}
/** A token for an identity written in a case: {"sub", "email", "entitlements", "ttl", ...}. */
function mint(identity) {
  if (!opt["token-cmd"]) throw new Error("extra_tokens need --token-cmd");
  const [cmd, ...args] = opt["token-cmd"].split(" ");
  return execFileSync(cmd, [...args, JSON.stringify(identity)], { encoding: "utf8" }).trim();
}
/** Puts variables into every string of a JSON value; a string that is one whole variable keeps the variable's type. */
function fill(value, vars) {
  if (typeof value === "string") {
    const whole = /^\{\{([^{}]+)\}\}$/.exec(value);
    if (whole) return variable(whole[1], vars);
    return value.replace(/\{\{([^{}]+)\}\}/g, (_, n) => String(variable(n, vars)));
  }
  if (Array.isArray(value)) return value.map((v) => fill(v, vars));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [fill(k, vars), fill(v, vars)]));
  return value;
}

const TYPES = {
  any: () => true,
  string: (v) => typeof v === "string",
  uuid: (v) => typeof v === "string" && /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(v),
  datetime: (v) => typeof v === "string" && !Number.isNaN(Date.parse(v)),
  int: Number.isInteger,
  number: (v) => typeof v === "number",
  bool: (v) => typeof v === "boolean",
  array: Array.isArray,
  object: (v) => v !== null && typeof v === "object" && !Array.isArray(v),
};
/** "$.items[*].id" as a regular expression; [*] is any element, .* any key. */
const pattern = (p) =>
  new RegExp(
    `^${p
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll("\\[\\*\\]", "\\[\\d+\\]")
      .replaceAll("\\.\\*", "\\.[^.[]+")}$`,
  );
function matcher(match = {}) {
  const sets = Object.fromEntries(["ignore", "unordered", "subset"].map((k) => [k, (match[k] ?? []).map(pattern)]));
  return (kind, path) => sets[kind].some((re) => re.test(path));
}
const same = (a, b) =>
  a === b ||
  (typeof a === "number" && typeof b === "number" && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)));
const show = (v) => {
  const s = JSON.stringify(v);
  return s === undefined ? "nothing" : s.length > 160 ? `${s.slice(0, 160)}…` : s;
};

function* differences(want, got, path, is) {
  if (is("ignore", path)) return;
  const type = typeof want === "string" && /^<<(\w+)>>$/.exec(want);
  if (type) {
    if (!TYPES[type[1]]?.(got)) yield `${path}: expected ${want}, got ${show(got)}`;
  } else if (Array.isArray(want)) {
    if (!Array.isArray(got)) return void (yield `${path}: expected an array, got ${show(got)}`);
    if (want.length !== got.length)
      return void (yield `${path}: expected ${want.length} elements, got ${got.length}: ${show(got)}`);
    if (is("unordered", path)) {
      const left = [...got];
      for (const [i, w] of want.entries()) {
        const at = left.findIndex((g) => differences(w, g, `${path}[${i}]`, is).next().done);
        if (at < 0) yield `${path}: nothing matches ${show(w)}`;
        else left.splice(at, 1);
      }
    } else for (const [i, w] of want.entries()) yield* differences(w, got[i], `${path}[${i}]`, is);
  } else if (want !== null && typeof want === "object") {
    if (got === null || typeof got !== "object" || Array.isArray(got))
      return void (yield `${path}: expected an object, got ${show(got)}`);
    for (const [k, w] of Object.entries(want)) {
      const at = `${path}.${k}`;
      if (!(k in got)) {
        if (!is("ignore", at)) yield `${at}: missing`;
      } else yield* differences(w, got[k], at, is);
    }
    if (!is("subset", path))
      for (const k of Object.keys(got))
        if (!(k in want) && !is("ignore", `${path}.${k}`)) yield `${path}.${k}: unexpected ${show(got[k])}`;
  } else if (!same(want, got)) yield `${path}: expected ${show(want)}, got ${show(got)}`;
}
function pick(value, path) {
  return path
    .replace(/^\$\.?/, "")
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce((v, k) => v?.[k], value);
}

function target(base, request, vars) {
  const path = fill(request.path, vars);
  const url = new URL(path.startsWith("http") ? path : base.replace(/\/$/, "") + path);
  for (const [k, v] of Object.entries(fill(request.query ?? {}, vars)))
    for (const one of Array.isArray(v) ? v : [v]) url.searchParams.append(k, String(one));
  return url;
}
/** One request on a connection of its own: no redirects, bodies on any method, nothing added but what HTTP demands. */
function send(url, method, headers, body) {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === "https:" ? https : http;
    const timeout = Number(opt.timeout) * 1e3;
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request(
      url,
      { method, headers: { ...length, ...headers }, agent: false, timeout, insecureHTTPParser: true },
      async (answer) => {
        try {
          const chunks = [];
          for await (const chunk of answer) chunks.push(chunk);
          resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString("utf8") });
        } catch (e) {
          reject(e);
        }
      },
    );
    sent.on("timeout", () => sent.destroy(new Error(`no answer in ${opt.timeout} s`))).on("error", reject);
    sent.end(body);
  });
}
async function step(s, vars, cookies) {
  const headers = fill(s.request.headers ?? {}, vars);
  if (cookies.size) headers.cookie ??= [...cookies].map(([k, v]) => `${k}=${v}`).join("; ");
  let body = s.request.body === undefined ? undefined : fill(s.request.body, vars);
  if (s.request.json !== undefined) {
    body = JSON.stringify(fill(s.request.json, vars));
    headers["content-type"] ??= "application/json";
  }
  const answer = await send(target(opt.base, s.request, vars), s.request.method, headers, body);
  for (const line of answer.headers["set-cookie"] ?? []) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0|expires=thu, 01[ -]jan[ -]1970/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
  // What a receipt was given for is there once it is settled; the originals store it before they answer.
  if (answer.status < 300 && /\/deliveries\//.test(answer.headers.location ?? ""))
    await drained(new URL(answer.headers.location, opt.base).href);
  const text = answer.text;
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const is = matcher(s.match);
  if (s.response.status === 500 && answer.status >= 400 && answer.status < 500) return []; // a defect of the original: refusing is better
  const wrong = [];
  if (s.response.status !== undefined && ![s.response.status].flat().includes(answer.status))
    wrong.push(`status: expected ${s.response.status}, got ${answer.status} ${text.slice(0, 300)}`);
  for (const [name, v] of Object.entries(fill(s.response.headers ?? {}, vars))) {
    const k = name.toLowerCase();
    const got = answer.headers[k] === undefined ? null : String(answer.headers[k]);
    if (
      /^<<\w+>>$/.test(v)
        ? got === null
        : k === "content-type"
          ? got?.split(";")[0] !== String(v).split(";")[0]
          : got !== v
    )
      wrong.push(`header ${k}: expected ${show(v)}, got ${show(got)}`);
  }
  if (s.response.json !== undefined && wrong.length === 0) {
    if (json === undefined) wrong.push(`body: not JSON: ${text.slice(0, 200)}`);
    else
      for (const d of differences(fill(s.response.json, vars), json, "$", is)) {
        wrong.push(d);
        if (wrong.length >= 8) break;
      }
  }
  if (s.response.body !== undefined && !is("ignore", "$") && fill(s.response.body, vars) !== text)
    wrong.push(`body: expected ${show(s.response.body)}, got ${show(text)}`);
  for (const [name, path] of Object.entries(s.capture ?? {})) {
    const v = path.startsWith("header:") ? answer.headers[path.slice(7)] : pick(json, path);
    if (v === undefined || v === null) wrong.push(`capture ${name}: nothing at ${path}`);
    vars[name] = v;
  }
  return wrong;
}
async function drained(location) {
  for (let wait = 50; ; wait = Math.min(wait * 1.5, 1000)) {
    const answer = await fetch(location);
    const d = await answer.json();
    if (d.status === "done") return;
    if (["failed", "rejected", "dead"].includes(d.status)) throw new Error(`${location}: ${JSON.stringify(d)}`);
    if (Date.now() - started > 600e3) throw new Error(`${location}: still ${d.status} after 10 minutes`);
    await new Promise((r) => setTimeout(r, wait));
  }
}
const loaded = new Set();
/** Hands a seed file to a command that knows where it belongs: as it is, once; or, if it holds variables, a filled-in copy for each case. */
function loadBy(command, name, vars) {
  let file = join(opt.seed, name);
  const text = readFileSync(file, "utf8");
  const own = text.replace(/\{\{(run|now[^{}]*)\}\}/g, (_, n) => String(variable(n, vars)));
  if (own === text && loaded.has(name)) return;
  loaded.add(name);
  if (own !== text) {
    file = join(mkdtempSync(join(tmpdir(), "seed-")), name);
    writeFileSync(file, own);
  }
  const [cmd, ...args] = command.split(" ");
  execFileSync(cmd, [...args, file], { stdio: ["ignore", "inherit", "inherit"] });
}
/** Submits seed files one after the other, each stored before the next. */
async function load(names) {
  for (const name of names) {
    const raw = readFileSync(join(opt.seed, name));
    const text = (name.endsWith(".gz") ? gunzipSync(raw) : raw).toString("utf8");
    const body = text.replace(/\{\{(now[^{}]*)\}\}/g, (_, n) => String(variable(n, {})));
    const headers = { "content-type": "application/json" };
    if (tokens.submit_token || opt["token-cmd"]) headers.authorization = `Bearer ${variable("submit_token", {})}`;
    const answer = await fetch(opt.submit, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`seed ${name}: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
    const location = answer.headers.get("location");
    await answer.arrayBuffer();
    if (location) await drained(new URL(location, opt.submit).href);
  }
  if (opt["after-load"])
    execFileSync(opt["after-load"].split(" ")[0], opt["after-load"].split(" ").slice(1), {
      stdio: ["ignore", "inherit", "inherit"],
    });
}

const files = positionals
  .flatMap((p) =>
    statSync(p).isDirectory()
      ? readdirSync(p)
          .filter((f) => f.endsWith(".json"))
          .sort()
          .map((f) => join(p, f))
      : [resolve(p)],
  )
  .filter((f) => !opt.filter || basename(f).includes(opt.filter));
const cases = files.map((f) => JSON.parse(readFileSync(f, "utf8")));
if (opt.stub) stub = await startStub(Number(opt.stub.split("=")[0]), opt.stub.slice(opt.stub.indexOf("=") + 1));
const needs = opt.submit ? [...new Set(cases.flatMap((c) => c.needs ?? []))] : [];
if (needs.length) {
  if (!opt.seed || !existsSync(opt.seed)) {
    console.error("--seed FOLDER is needed: cases name seed files");
    process.exit(2);
  }
  await load(needs);
}
const results = [];
for (const file of opt.prelude)
  for (const s of JSON.parse(readFileSync(file, "utf8")).steps) {
    const wrong = await step(s, { run: freshRun() }, new Map());
    if (wrong.length) console.log(`prelude ${s.request.method} ${s.request.path}: ${wrong.join("; ")}`);
  }
for (const c of cases) {
  const vars = { run: freshRun() };
  const cookies = new Map();
  let wrong = [];
  try {
    if (opt["seed-cmd"]) for (const name of c.needs ?? []) loadBy(opt["seed-cmd"], name, vars);
    for (const [name, identity] of Object.entries(c.extra_tokens ?? {})) vars[name] = mint(fill(identity, vars));
  } catch (e) {
    wrong = [e.message];
  }
  for (const [i, s] of wrong.length ? [] : c.steps.entries()) {
    try {
      wrong = await step(s, vars, cookies);
    } catch (e) {
      wrong = [`${e.name}: ${e.message}${e.cause ? ` (${e.cause.message ?? e.cause})` : ""}`];
    }
    if (wrong.length) {
      wrong = wrong.map((w) => `step ${i + 1} ${s.request.method} ${s.request.path}: ${w}`);
      break;
    }
  }
  results.push({ name: c.name, about: c.about, passed: wrong.length === 0, wrong });
  if (wrong.length && !opt.quiet) console.log(`FAIL ${c.name} (${c.about ?? ""})\n  ${wrong.join("\n  ")}`);
  else if (opt.verbose) console.log(`ok   ${c.name}`);
  if (wrong.length && opt.bail) break;
}
const passed = results.filter((r) => r.passed).length;
if (opt.report)
  writeFileSync(
    opt.report,
    JSON.stringify({ base: opt.base, passed, failed: results.length - passed, results }, null, 1),
  );
console.log(`${passed} passed, ${results.length - passed} failed`);
process.exit(passed === results.length && results.length > 0 ? 0 : 1);
