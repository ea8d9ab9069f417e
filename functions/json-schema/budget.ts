import type { Limits } from "./limits.ts";

/** Something is larger than a setting allows. */
export class LimitExceeded extends Error {
  override name = "LimitExceeded";
}

/** A schema that can't be applied: a reference that leads nowhere, a part that its dialect does not allow. */
export class UnusableSchema extends Error {
  override name = "UnusableSchema";
}

/** Steps that all checks of one batch may still take. */
export type BatchSteps = { left: number };

/** Steps that one check may still take. All work whose amount a sender chooses is charged here before it is done. */
export class Budget {
  readonly limits: Limits;
  readonly #batch: BatchSteps | undefined;
  #left: number;

  constructor(limits: Limits, batch?: BatchSteps) {
    this.limits = limits;
    this.#batch = batch;
    this.#left = limits.EOSC_PERF_MAX_CHECK_STEPS;
  }

  /** Takes steps off. Throws LimitExceeded when none are left. */
  charge(steps: number): void {
    this.#left -= steps;
    if (this.#batch !== undefined) this.#chargeBatch(this.#batch, steps);
    if (this.#left < 0) throw exceeded(this.limits, "EOSC_PERF_MAX_CHECK_STEPS", "The check takes", "steps");
  }

  #chargeBatch(batch: BatchSteps, steps: number): void {
    batch.left -= steps;
    if (batch.left < 0)
      throw exceeded(this.limits, "EOSC_PERF_MAX_BATCH_STEPS", "All checks of the batch take", "steps");
  }
}

/** `A document holds more than 5 values (EOSC_PERF_MAX_VALUES)`. */
export function exceeded(limits: Limits, name: keyof Limits, start: string, unit: string): LimitExceeded {
  return new LimitExceeded(`${start} more than ${limits[name]} ${unit} (${name})`);
}
