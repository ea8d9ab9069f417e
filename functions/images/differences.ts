import { findBlobs, sigmasBetween } from "./blobs.ts";
import { blurCost, type Plane } from "./gaussian.ts";
import { type Image, ImageError } from "./image.ts";

/** A region: its middle and its radius. */
export type Region = [y: number, x: number, radius: number];

export type DifferenceOptions = {
  /** 0 to 100: how different a region must be. */
  threshold: number;
  /** Of the largest regions; 0 for a tenth of the mean side. */
  diameter: number;
  /** So many regions at most, the largest. */
  count: number;
};

/** Above it half the size is looked at (QA-Board contract section 12.3). */
const FULL_SIZE_PIXELS = 1_000_000;
/** Multiplications of all blurs: some seconds. */
const MAX_COST = 1_000_000_000;
const SMALL_SIGMA = 5;
const WEIGHTS = [0.5053, 0.299, 0.1957] as const;

/** Where two images differ (QA-Board contract section 12.3): bright spots of their difference in YIQ. Throws ImageError for two sizes. */
export function findDifferences(one: Image, other: Image, options: DifferenceOptions): Region[] {
  const { width, height } = one;
  if (other.width !== width || other.height !== height) throw new ImageError("The images differ in size.");
  const diameter = Math.floor(options.diameter) || ((width + height) / 2) * 0.1;
  for (let scale = width * height < FULL_SIZE_PIXELS ? 1 : 2; ; scale *= 2) {
    const maxSigma = Math.max(1.6, Math.floor(Math.floor(Math.min(diameter, width + height)) / scale));
    const sigmas = { minSigma: SMALL_SIGMA >= maxSigma ? 1 : SMALL_SIGMA, maxSigma };
    const size = { width: Math.ceil(width / scale), height: Math.ceil(height / scale) };
    const cost = sigmasBetween(sigmas).reduce((sum, sigma) => sum + blurCost(size, sigma), 0);
    if (cost > MAX_COST && size.width > 16 && size.height > 16) continue;
    const blobs = findBlobs(differenceOf(one, other, scale), { ...sigmas, threshold: options.threshold / 100 });
    return largest(
      blobs.map(({ y, x, sigma }) => [y * scale, x * scale, Math.ceil(sigma * Math.SQRT2)]),
      options.count,
    );
  }
}

/** The smallest go first, of equals the first. */
function largest(regions: Region[], count: number): Region[] {
  const kept = [...regions];
  while (kept.length > count) {
    const smallest = Math.min(...kept.map(([, , radius]) => radius));
    kept.splice(
      kept.findIndex(([, , radius]) => radius === smallest),
      1,
    );
  }
  return kept;
}

/** The weighted square of the difference in YIQ, each pixel the mean of `scale` by `scale`. */
function differenceOf(one: Image, other: Image, scale: number): Plane {
  const [width, height] = [Math.ceil(one.width / scale), Math.ceil(one.height / scale)];
  const data = new Float32Array(width * height);
  for (let y = 0; y < one.height; y += 1)
    for (let x = 0; x < one.width; x += 1) {
      const at = Math.floor(y / scale) * width + Math.floor(x / scale);
      data[at] = (data[at] ?? 0) + distance(one, other, y * one.width + x);
    }
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const rows = Math.min(scale, one.height - y * scale);
      const columns = Math.min(scale, one.width - x * scale);
      data[y * width + x] = (data[y * width + x] ?? 0) / (rows * columns);
    }
  return { width, height, data };
}

function distance(one: Image, other: Image, pixel: number): number {
  const r = channel(one, pixel, 0) - channel(other, pixel, 0);
  const g = channel(one, pixel, 1) - channel(other, pixel, 1);
  const b = channel(one, pixel, 2) - channel(other, pixel, 2);
  const luma = 0.299 * r + 0.587 * g + 0.114 * b;
  const orange = 0.59590059 * r - 0.27455667 * g - 0.32134392 * b;
  const purple = 0.21153661 * r - 0.52273617 * g + 0.31119955 * b;
  return WEIGHTS[0] * luma * luma + WEIGHTS[1] * orange * orange + WEIGHTS[2] * purple * purple;
}

/** 0 to 1; gray is all three. */
function channel({ channels, data, max }: Image, pixel: number, index: number): number {
  return (data[pixel * channels + (channels < 3 ? 0 : index)] ?? 0) / max;
}
