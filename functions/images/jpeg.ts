import jpeg from "jpeg-js";
import { checkSize, type Image, ImageError } from "./image.ts";

const MAX_MEMORY_MB = 200;
/** A progressive image has some ten; each is a pass over all its pixels. */
const MAX_SCANS = 30;

/** Whether bytes begin as a JPEG does. */
export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

/** Decodes a JPEG; its header is looked at first. Throws ImageError. */
export function decodeJpeg(bytes: Uint8Array): Image {
  const { channels } = checkHeader(bytes);
  try {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxMemoryUsageInMB: MAX_MEMORY_MB,
    });
    if (channels !== 1) return { width, height, channels: 3, max: 255, mode: "RGB", data };
    // The decoder writes gray three times.
    const gray = data.filter((_, at) => at % 3 === 0);
    return { width, height, channels: 1, max: 255, mode: "L", data: gray };
  } catch {
    throw new ImageError("The JPEG is malformed, or takes too much memory.");
  }
}

/** Reads the frame's size, and counts scans, without decoding. */
function checkHeader(bytes: Uint8Array): { channels: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let channels: number | undefined;
  let scans = 0;
  for (let at = 2; at + 4 <= bytes.byteLength; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) scans += 1;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && at + 10 <= bytes.byteLength && scans === 0) {
      checkSize(view.getUint16(at + 7), view.getUint16(at + 5));
      channels ??= view.getUint8(at + 9);
    }
    const isSegment = marker >= 0xc0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd9);
    if (isSegment && marker !== 0xda) at += view.getUint16(at + 2) + 1;
  }
  if (channels === undefined) throw new ImageError("The JPEG has no header.");
  if (scans > MAX_SCANS) throw new ImageError(`The JPEG has more than ${MAX_SCANS} scans.`);
  return { channels };
}
