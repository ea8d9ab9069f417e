/** Values that are kept until a moment of their own; the oldest make room for new ones. */
export class Kept<V> {
  readonly #entries = new Map<string, { value: V; until: number }>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** The value while it is kept. */
  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.until > Date.now()) return entry?.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** Keeps a value until a time in milliseconds since 1970. */
  set(key: string, value: V, until: number): void {
    this.#entries.delete(key);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= this.#most) this.#entries.delete(oldest);
    this.#entries.set(key, { value, until });
  }
}
