import { convertIndexedToRgb, decode } from "fast-png";
import { joinChunks } from "../outside/outbound.ts";
import { checkSize, type Image, ImageError } from "./image.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What pixels are made of; texts and profiles, which may unpack to anything, are left out. */
const KEPT_CHUNKS = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const MODES = ["", "L", "LA", "RGB", "RGBA"];

/** Whether bytes begin as a PNG does. */
export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, at) => bytes[at] === byte);

/** Decodes a PNG; its header, and what its pixels unpack to, are looked at first. Throws ImageError. */
export async function decodePng(bytes: Uint8Array): Promise<Image> {
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  const pixels: Uint8Array<ArrayBuffer>[] = [];
  let unpacked: number | undefined;
  for (const { type, data, whole } of chunksOf(bytes)) {
    if (type === "IHDR") unpacked = unpackedBytes(data);
    if (type === "IDAT") pixels.push(new Uint8Array(data));
    if (KEPT_CHUNKS.has(type)) kept.push(whole);
  }
  if (unpacked === undefined) throw new ImageError("The PNG has no header.");
  await refuseLarger(pixels, unpacked);
  try {
    return asImage(
      decode(
        joinChunks(
          kept,
          kept.reduce((sum, { byteLength }) => sum + byteLength, 0),
        ),
      ),
    );
  } catch (error) {
    if (error instanceof ImageError) throw error;
    throw new ImageError("The PNG is malformed.");
  }
}

function asImage(png: ReturnType<typeof decode>): Image {
  const { width, height, depth } = png;
  if (png.palette !== undefined) {
    const channels = png.palette[0]?.length ?? 3;
    return { width, height, channels, max: 255, mode: MODES[channels] ?? "RGB", data: convertIndexedToRgb(png) };
  }
  const { channels } = png;
  const max = depth === 16 ? 65_535 : 255;
  const mode = depth === 16 && channels === 1 ? "I;16" : (MODES[channels] ?? "L");
  if (depth >= 8) return { width, height, channels, max, mode, data: png.data };
  return { width, height, channels, max, mode, data: unpackGray(png.data, width, height, depth) };
}

/** Gray of 1, 2 or 4 bits as bytes. */
function unpackGray(packed: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const row = Math.ceil((width * depth) / 8);
  const top = 2 ** depth - 1;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const bit = x * depth;
      const byte = packed[y * row + (bit >> 3)] ?? 0;
      data[y * width + x] = (((byte >> (8 - depth - (bit & 7))) & top) * 255) / top;
    }
  return data;
}

/** Bytes that the pixels of a header unpack to: rows with a byte before each, and some more when interlaced. */
function unpackedBytes(header: Uint8Array): number {
  if (header.byteLength !== 13) throw new ImageError("The PNG's header is malformed.");
  const view = new DataView(header.buffer, header.byteOffset);
  const [width, height, depth] = [view.getUint32(0), view.getUint32(4), view.getUint8(8)];
  const channels = CHANNELS[view.getUint8(9)];
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(depth))
    throw new ImageError("The PNG's header is malformed.");
  checkSize(width, height);
  const rows = (Math.ceil((width * depth * channels) / 8) + 1) * height;
  return view.getUint8(12) === 0 ? rows : rows * 2 + 64;
}

/** Unpacks pixels only to count them: a decoder would keep all that comes. */
async function refuseLarger(parts: Uint8Array<ArrayBuffer>[], max: number): Promise<void> {
  let size = 0;
  try {
    const unpacked = new Blob(parts).stream().pipeThrough(new DecompressionStream("deflate"));
    for await (const chunk of unpacked) {
      size += chunk.byteLength;
      if (size > max) break;
    }
  } catch {
    throw new ImageError("The PNG is malformed.");
  }
  if (size !== max && size > max) throw new ImageError("The PNG unpacks to more than its header says.");
}

function* chunksOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.byteLength; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.byteLength) throw new ImageError("The PNG breaks off.");
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { type, data: bytes.subarray(at + 8, at + 8 + length), whole: bytes.subarray(at, end) };
    at = end;
  }
}
