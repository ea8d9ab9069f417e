import { blur, type Plane } from "./gaussian.ts";

/** A bright spot. */
export type Blob = { y: number; x: number; sigma: number };

export type BlobOptions = { minSigma: number; maxSigma: number; threshold: number };

const RATIO = 1.6;
/** More are noise; the brightest are kept. */
const MAX_CANDIDATES = 2_000;
const MAX_OVERLAP = 0.5;

/** Standard deviations of the Gaussians whose differences are looked at. */
export function sigmasBetween({ minSigma, maxSigma }: Pick<BlobOptions, "minSigma" | "maxSigma">): number[] {
  const steps = Math.floor(Math.log(maxSigma / minSigma) / Math.log(RATIO) + 1);
  return Array.from({ length: Math.max(1, steps) + 1 }, (_, step) => minSigma * RATIO ** step);
}

/**
 * Finds bright spots by the difference of Gaussians, brightest first (Lowe 2004; the steps are those of scikit-image's
 * `blob_dog`): maxima among their 26 neighbours in place and scale, of which none covers half of a larger one.
 */
export function findBlobs(plane: Plane, options: BlobOptions): Blob[] {
  const sigmas = sigmasBetween(options);
  const levels: Float32Array[] = [];
  let before = blur(plane, sigmas[0] ?? 1);
  for (const [step, sigma] of sigmas.entries()) {
    if (step === 0) continue;
    const after = blur(plane, sigma);
    const scale = sigmas[step - 1] ?? 1;
    levels.push(before.data.map((value, at) => (value - (after.data[at] ?? 0)) * scale));
    before = after;
  }
  const peaks = findPeaks(levels, plane, options.threshold);
  return prune(peaks.map(({ y, x, level }) => ({ y, x, sigma: sigmas[level] ?? 0 })));
}

type Peak = { y: number; x: number; level: number; value: number };

function findPeaks(levels: readonly Float32Array[], size: Plane, threshold: number): Peak[] {
  const peaks: Peak[] = [];
  for (const [level, values] of levels.entries())
    for (let y = 0; y < size.height; y += 1)
      for (let x = 0; x < size.width; x += 1) {
        const value = values[y * size.width + x] ?? 0;
        if (value > threshold && isPeak(levels, size, { y, x, level, value })) peaks.push({ y, x, level, value });
      }
  peaks.sort((a, b) => b.value - a.value);
  const kept: Peak[] = [];
  // Of a flat top each point is a peak: the first one stands for those beside it.
  for (const peak of peaks.slice(0, MAX_CANDIDATES)) if (!kept.some((one) => isBeside(one, peak))) kept.push(peak);
  return kept;
}

const isBeside = (a: Peak, b: Peak) =>
  Math.abs(a.y - b.y) <= 1 && Math.abs(a.x - b.x) <= 1 && Math.abs(a.level - b.level) <= 1;

function isPeak(levels: readonly Float32Array[], { width, height }: Plane, { y, x, level, value }: Peak): boolean {
  for (let l = Math.max(0, level - 1); l <= Math.min(levels.length - 1, level + 1); l += 1)
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v += 1)
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u += 1)
        if ((levels[l]?.[v * width + u] ?? 0) > value) return false;
  return true;
}

/** Of two that overlap by more than half of the smaller one, the smaller goes. */
function prune(blobs: readonly Blob[]): Blob[] {
  const gone = new Set<Blob>();
  for (const [at, one] of blobs.entries())
    for (const other of blobs.slice(at + 1)) {
      if (gone.has(one) || gone.has(other) || overlap(one, other) <= MAX_OVERLAP) continue;
      gone.add(one.sigma > other.sigma ? other : one);
    }
  return blobs.filter((blob) => !gone.has(blob));
}

/** How much of the smaller of two discs lies in the larger one, 0 to 1. */
function overlap(a: Blob, b: Blob): number {
  const [r1, r2] = [Math.max(a.sigma, b.sigma) * Math.SQRT2, Math.min(a.sigma, b.sigma) * Math.SQRT2];
  const d = Math.hypot(a.x - b.x, a.y - b.y);
  if (d > r1 + r2) return 0;
  if (d <= r1 - r2) return 1;
  const angle = (near: number, far: number) => Math.acos(clamp((d * d + near * near - far * far) / (2 * d * near)));
  const lens = Math.sqrt(Math.abs((-d + r2 + r1) * (d - r2 + r1) * (d + r2 - r1) * (d + r2 + r1)));
  return (r1 * r1 * angle(r1, r2) + r2 * r2 * angle(r2, r1) - 0.5 * lens) / (Math.PI * r2 * r2);
}

const clamp = (value: number) => Math.max(-1, Math.min(1, value));
