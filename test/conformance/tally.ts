/** Counts what passed and prints what failed. */
export class Tally {
  passed = 0;
  failed = 0;

  /** A named check with what is wrong about it; nothing wrong is a pass. */
  count(name: string, wrong: readonly string[]): void {
    if (wrong.length === 0) this.passed += 1;
    else {
      this.failed += 1;
      console.log(`FAIL ${name}\n  ${wrong.join("\n  ").slice(0, 4_000)}`);
    }
  }

  /** The closing line, for people and for scripts. */
  toString(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
