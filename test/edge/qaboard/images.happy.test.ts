import { encode } from "fast-png";
import { expect, test } from "vitest";
import { folderOf } from "../../support/qaboard-files.ts";
import { ask } from "../../support/qaboard-output.ts";

const size = { width: 64, height: 48, depth: 8 as const };
const plain = new Uint8Array(64 * 48 * 3).fill(20);
const marked = plain.map((value, at) => {
  const [y, x] = [Math.floor(at / 3 / 64), Math.floor(at / 3) % 64];
  return Math.hypot(y - 20, x - 30) < 6 ? 240 : value;
});
const png = (data: Uint8Array, channels = 3) => new Uint8Array(encode({ ...size, channels, data }));

test("a pixel is read, counted from one", async () => {
  const gray = png(
    new Uint8Array(64 * 48).map((_, at) => at % 256),
    1,
  );
  const folder = await folderOf({ "a.png": png(marked), "gray.png": gray });
  const pixel = async (query: string, method = "GET") => (await ask(method, `output/image/pixel?${query}`)).json();
  expect(await pixel(`x=31&y=21&image_url=/s${folder}/a.png`)).toEqual({
    value: [240, 240, 240],
    meta: { mode: "RGB" },
  });
  expect(await pixel(`x=3&y=1&image_url=/s${folder}/gray.png`, "POST")).toEqual({ value: 2, meta: { mode: "L" } });
});

test("the region that differs is found", async () => {
  const folder = await folderOf({ "new/a.png": png(marked), "ref/a.png": png(plain) });
  const answer = await ask("POST", "output/diff/image", {
    output_dir_url_new: `/s${folder}/new`,
    output_dir_url_ref: `/s${folder}/ref`,
    path: "a.png",
    diff_type: "rgb",
    threshold: "1",
    diameter: 20,
    count: 3,
  });
  expect(await answer.json()).toEqual([[20, 30, expect.any(Number)]]);
});
