import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kernelciCommand } from "../support/kernelci-command.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const scratch = scratchDatabase();
const folder = temporaryFolder(afterAll);
const load = (...args: string[]) => kernelciCommand("hardware-registry", args, { DATABASE_URL: scratch().url }).ended;

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const REGISTRY = `
silicon_vendors:
  ti: {id: ti, type: silicon-vendor, url: https://ti.example/, details: Texas}
platform_vendors:
  beagle: {id: beagle, type: platform-vendor}
processors:
  am62: {id: am62, vendor_id: ti, architecture: arm64, cores: 4, max_clock_speed_mhz: 1400, details: {cache: [32, 512]}}
system_modules:
platforms:
  beagleplay: {id: beagleplay, vendor_id: beagle, processor_id: am62, form_factor: sbc, added_later: 1}
`;
const FILES: Record<string, string> = {
  "/reg/index.yaml": "[ti.yaml, more/other.yaml]",
  "/reg/ti.yaml": REGISTRY,
  "/reg/more/other.yaml": "silicon_vendors: {nxp: {id: nxp}}",
  "/elsewhere.yaml": "[http://169.254.169.254/registry.yaml]",
  "/missing.yaml": "files: [nothing.yaml]",
};
const server = createServer(({ url = "" }, response) => {
  const text = FILES[url];
  response.writeHead(text === undefined ? 404 : 200).end(text);
});
let base = "";
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  base = `http://127.0.0.1:${Object(server.address()).port}`;
});
afterAll(() => void server.close());

const idsIn = async (table: string) => {
  const { rows } = await scratch().pool.query(`select id from kernelci.hardware_registry_${table} order by id`);
  return rows.map(({ id }) => id);
};

test("a file fills the tables, and a second one replaces by id", async () => {
  const first = await load(written("a.yaml", REGISTRY));
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("4 rows of 1 files") });
  const { rows } = await scratch().pool.query("select * from kernelci.hardware_registry_processors");
  expect(rows).toEqual([
    {
      ...{ id: "am62", type: null, url: null, details: { cache: [32, 512] } },
      ...{ vendor_id: "ti", architecture: "arm64", cores: 4, max_clock_speed_mhz: 1400 },
    },
  ]);
  expect((await load(written("b.yaml", "processors: {x: {id: am62, vendor_id: ti, cores: 2}}"))).code).toBe(0);
  const again = await scratch().pool.query("select cores, architecture from kernelci.hardware_registry_processors");
  expect(again.rows).toEqual([{ cores: 2, architecture: null }]);
  expect(await idsIn("platforms")).toEqual(["beagleplay"]);
});

test("the files of an index are loaded, relative to it", async () => {
  const loaded = await load("--index", `${base}/reg/index.yaml`);
  expect(loaded).toMatchObject({ code: 0, output: expect.stringContaining("5 rows of 2 files") });
  expect(await idsIn("silicon_vendors")).toEqual(["nxp", "ti"]);
});

test.each([
  ["no YAML", "silicon_vendors: [", "bad.yaml: "],
  ["no sections", "a: 1", "holds no section"],
  ["a row without an id", "platforms: {a: {type: x}}", "platforms.a.id: "],
  ["a text for a number", "processors: {a: {id: a, cores: many}}", "processors.a.cores: "],
  [
    "a vendor that nobody knows",
    "silicon_vendors: {new: {id: new}}\nprocessors: {a: {id: a, vendor_id: gone}}",
    "is in no registry",
  ],
])("a file with %s changes nothing and is told why", async (_, text, why) => {
  const before = await idsIn("silicon_vendors");
  expect(await load(written("bad.yaml", text))).toMatchObject({ code: 1, output: expect.stringContaining(why) });
  expect(await idsIn("silicon_vendors")).toEqual(before);
});

test("an index that names another host asks it nothing", async () => {
  expect(await load("--index", `${base}/elsewhere.yaml`)).toMatchObject({
    code: 1,
    output: expect.stringContaining("not on the allow-list"),
  });
});

test("a file of the index that is not there is named", async () => {
  expect(await load("--index", `${base}/missing.yaml`)).toMatchObject({
    code: 1,
    output: expect.stringContaining("nothing.yaml: answered 404"),
  });
});

test.each([[[]], [["a.yaml", "--index", "http://x.example/"]], [["--index", "ftp://x.example/"]]])(
  "%s is no way to call it",
  async (args) => {
    expect((await load(...args)).code).toBe(2);
  },
);
