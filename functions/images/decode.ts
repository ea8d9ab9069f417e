import { type Image, ImageError } from "./image.ts";
import { decodeJpeg, isJpeg } from "./jpeg.ts";
import { decodePng, isPng } from "./png.ts";

/** Bytes of the largest image file. */
export const MAX_IMAGE_BYTES = 24 * 1024 * 1024;

/** Decodes a PNG or JPEG, told by its first bytes. Throws ImageError. */
export async function decodeImage(bytes: Uint8Array): Promise<Image> {
  if (isPng(bytes)) return await decodePng(bytes);
  if (isJpeg(bytes)) return decodeJpeg(bytes);
  throw new ImageError("The file is neither a PNG nor a JPEG.");
}
