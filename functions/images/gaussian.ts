/** A picture of one value a pixel. */
export type Plane = { width: number; height: number; data: Float32Array };

/** Standard deviations on either side that a kernel reaches, as SciPy's `gaussian_filter` has it. */
const TRUNCATE = 4;

/** Multiplications that blurring costs. */
export const blurCost = ({ width, height }: Pick<Plane, "width" | "height">, sigma: number): number =>
  2 * width * height * (2 * Math.floor(TRUNCATE * sigma + 0.5) + 1);

/** Blurs by a Gaussian; beyond its edges a picture goes on as its mirror image. */
export function blur(plane: Plane, sigma: number): Plane {
  const kernel = kernelOf(sigma);
  return { ...plane, data: blurColumns({ ...plane, data: blurRows(plane, kernel) }, kernel) };
}

/** The kernel's half, its middle first. */
function kernelOf(sigma: number): Float32Array {
  const radius = Math.floor(TRUNCATE * sigma + 0.5);
  const half = new Float32Array(radius + 1).map((_, x) => Math.exp((-0.5 * x * x) / (sigma * sigma)));
  const sum = half.reduce((total, value, x) => total + (x === 0 ? value : 2 * value), 0);
  return half.map((value) => value / sum);
}

function blurRows({ width, height, data }: Plane, kernel: Float32Array): Float32Array {
  const radius = kernel.length - 1;
  const padded = new Float32Array(width + 2 * radius);
  const blurred = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    for (let x = 0; x < padded.length; x += 1) padded[x] = data[row + mirrored(x - radius, width)] ?? 0;
    for (let x = 0; x < width; x += 1) {
      let sum = (kernel[0] ?? 0) * (padded[x + radius] ?? 0);
      for (let k = 1; k <= radius; k += 1)
        sum += (kernel[k] ?? 0) * ((padded[x + radius - k] ?? 0) + (padded[x + radius + k] ?? 0));
      blurred[row + x] = sum;
    }
  }
  return blurred;
}

function blurColumns({ width, height, data }: Plane, kernel: Float32Array): Float32Array {
  const radius = kernel.length - 1;
  const blurred = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let k = -radius; k <= radius; k += 1) {
      const from = mirrored(y + k, height) * width;
      const weight = kernel[Math.abs(k)] ?? 0;
      for (let x = 0; x < width; x += 1)
        blurred[y * width + x] = (blurred[y * width + x] ?? 0) + weight * (data[from + x] ?? 0);
    }
  return blurred;
}

/** d c b a | a b c d | d c b a */
function mirrored(at: number, size: number): number {
  const turn = ((at % (2 * size)) + 2 * size) % (2 * size);
  return turn < size ? turn : 2 * size - 1 - turn;
}
