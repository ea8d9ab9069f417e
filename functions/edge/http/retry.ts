/** Does work again while its failure may pass, `attempts` times in all; then its last error is thrown. */
export async function retryWhile<T>(
  mayPass: (error: unknown) => boolean,
  attempts: number,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !mayPass(error)) throw error;
    }
  }
}
