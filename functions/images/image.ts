/** Why an image is not read, in words for whoever asked. */
export class ImageError extends Error {
  override name = "ImageError";
}

/** A decoded image: `channels` values a pixel, row by row. */
export type Image = {
  width: number;
  height: number;
  channels: number;
  /** The largest value: 255, or 65535. */
  max: number;
  /** As Pillow names it: L, LA, RGB, RGBA, I;16. */
  mode: string;
  data: Uint8Array | Uint8ClampedArray | Uint16Array;
};

/** An isolate has 128 MB, and two images are compared. */
const MAX_PIXELS = 12_000_000;

/** Throws ImageError for an image whose header says that it is none, or too large to be decoded. */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw new ImageError("The image has no pixels.");
  if (width * height > MAX_PIXELS)
    throw new ImageError(`The image has ${width} × ${height} pixels, more than ${MAX_PIXELS} in all.`);
}
