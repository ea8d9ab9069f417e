import { deflateSync } from "node:zlib";
import { encode } from "fast-png";
import jpeg from "jpeg-js";
import { expect, test } from "vitest";
import { decodeImage } from "../../functions/images/decode.ts";
import { ImageError } from "../../functions/images/image.ts";

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
}

/** A PNG of a header's own words, whose pixels unpack to that many bytes. */
function png(width: number, height: number, unpacked: number, more: Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = chunk("IDAT", deflateSync(Buffer.alloc(unpacked)));
  return Buffer.concat([signature, chunk("IHDR", header), ...more, pixels, chunk("IEND", Buffer.alloc(0))]);
}

const whole = Buffer.from(encode({ width: 4, height: 4, channels: 3, depth: 8, data: new Uint8Array(48) }));
const photo = jpeg.encode({ width: 8, height: 8, data: new Uint8Array(256) }).data;

test("a PNG and a JPEG are decoded", async () => {
  expect(await decodeImage(whole)).toMatchObject({ width: 4, height: 4, mode: "RGB" });
  expect(await decodeImage(photo)).toMatchObject({ width: 8, height: 8, mode: "RGB" });
});

test.each([
  ["a PNG with a huge header", png(100_000, 100_000, 100)],
  ["a PNG of more pixels than an isolate holds", png(4_000, 4_000, 100)],
  ["a PNG that unpacks to more than its header says", png(4, 4, 200_000_000)],
  ["a PNG that breaks off", whole.subarray(0, 40)],
  ["a PNG without pixels", png(0, 0, 0)],
  [
    "a JPEG with a huge header",
    Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0xff, 0xff, 0xff, 0xff, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
  ],
  ["a JPEG that breaks off", photo.subarray(0, 200)],
  [
    "a JPEG of many scans",
    Buffer.concat([photo.subarray(0, -2), Buffer.alloc(4_000, Buffer.from([0xff, 0xda, 0, 2]))]),
  ],
  ["text", Buffer.from("no image")],
  ["nothing", Buffer.alloc(0)],
])("%s is refused in time", async (_, bytes) => {
  const started = performance.now();
  await expect(decodeImage(bytes)).rejects.toThrow(ImageError);
  expect(performance.now() - started).toBeLessThan(3_000);
});

test("what a profile would unpack to is never unpacked", async () => {
  const profile = Buffer.concat([Buffer.from("bomb\0\0"), deflateSync(Buffer.alloc(300_000_000))]);
  const before = process.memoryUsage().arrayBuffers;
  expect(await decodeImage(png(4, 4, 20, [chunk("iCCP", profile)]))).toMatchObject({ width: 4 });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
});
