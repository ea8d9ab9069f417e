import { encode } from "fast-png";
import { expect, test } from "vitest";
import { folderOf } from "../../support/qaboard-files.ts";
import { ask } from "../../support/qaboard-output.ts";

const png = new Uint8Array(encode({ width: 4, height: 4, channels: 1, depth: 8, data: new Uint8Array(16) }));

test.each([
  ["outside", "x=5&y=1&image_url=/s{}/a.png", 400],
  ["at zero", "x=0&y=1&image_url=/s{}/a.png", 400],
  ["at no number", "x=a&y=1&image_url=/s{}/a.png", 400],
  ["of no image", "x=1&y=1&image_url=/s{}/a.txt", 400],
  ["of nothing", "x=1&y=1&image_url=/s{}/b.png", 404],
  ["of another server", "x=1&y=1&image_url=http://169.254.169.254/a.png", 400],
  ["of a path that leads up", "x=1&y=1&image_url=/s{}/../../../../raw/a.png", 400],
  ["without its image", "x=1&y=1", 400],
])("a pixel %s is refused", async (_, query, status) => {
  const folder = await folderOf({ "a.png": png, "a.txt": "text" });
  expect((await ask("GET", `output/image/pixel?${query.replace("{}", folder)}`)).status).toBe(status);
});

test("images of two sizes have no difference", async () => {
  const other = new Uint8Array(encode({ width: 5, height: 4, channels: 1, depth: 8, data: new Uint8Array(20) }));
  const folder = await folderOf({ "new/a.png": png, "ref/a.png": other });
  const dirs = { output_dir_url_new: `/s${folder}/new`, output_dir_url_ref: `/s${folder}/ref` };
  const answer = await ask("POST", "output/diff/image", {
    ...dirs,
    path: "a.png",
    threshold: 1,
    diameter: 0,
    count: 1,
  });
  expect([answer.status, await answer.json()]).toEqual([400, { error: "The images differ in size." }]);
});

test("reports and tiles say why there are none", async () => {
  expect((await ask("POST", "output/diff/report", {})).status).toBe(501);
  expect((await ask("GET", "../../iiif/2/mnt%2Fa.png/info.json")).status).toBe(501);
});
