import { relative } from "node:path";
import { SECRETS_FILE } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";

/** Where each API is mounted; those without a page of their own say what the address is for. */
const MOUNTS = [
  ["GitHub API", "/github (base address of its clients)"],
  ["KernelCI", "/kernelci (base address of its clients)"],
  ["EOSC-Perf API", "/eosc-perf"],
  ["QA-Board", "/qaboard (QABOARD_HOST of its clients)"],
] as const;

/** The one screen `npm start` shows. */
export function screen(stack: Stack, settings: Settings): string {
  const near = relative(process.cwd(), settings.dataDir);
  const folder = near === "" || near.startsWith("..") ? settings.dataDir : near;
  const database = new URL(stack.databaseUrl);
  if (settings.databaseUrl !== undefined) database.password = "";
  const rows = [
    ...MOUNTS.map(([name, path]) => [name, `${stack.edgeUrl}${path}`] as const),
    ...(stack.issuerUrl === undefined ? [] : [["Issuer", `${stack.issuerUrl} (tokens for /eosc-perf)`] as const]),
    ...(stack.mailsUrl === undefined ? [] : [["Mails", `${stack.mailsUrl} (what would be sent)`] as const]),
    ["Pages", `${stack.edgeUrl}/`],
    ["Documentation", `${stack.edgeUrl}/docs`],
    ["Health", `${stack.edgeUrl}/health`],
    ["PostgreSQL", database.href],
    ["Data", `${folder} (delete it to begin anew${stack.mode === "worker" ? `; logs in ${folder}/logs` : ""})`],
    ["Secrets", `${folder}/${SECRETS_FILE} (admin token, webhook secret)`],
  ] as const;
  return [
    "",
    stack.mode === "node" ? "Runledger is running (self-host mode: Node and pg)." : "Runledger is running.",
    "",
    ...rows.map(([name, value]) => `  ${name.padEnd(14)} ${value}`),
    "",
    "Fill it with a sample:   npm run demo, npm run kernelci:seed, npm run qaboard:seed",
    ...(stack.issuerUrl === undefined ? [] : ["Get a token:             npm run -s token -- user|other|admin"]),
    "Stop it:                 Ctrl-C",
    "",
  ].join("\n");
}
