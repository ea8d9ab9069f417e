import type { Limits } from "./limits.ts";

/** Something is larger than a setting allows. */
export class LimitExceeded extends Error {
  override name = "LimitExceeded";
}

/** A schema that can't be applied: a reference that leads nowhere, a part that its dialect does not allow. */
export class UnusableSchema extends Error {
  override name = "UnusableSchema";
}

/** Steps that one check may still take. All work whose amount a sender chooses is charged here before it is done. */
export class Budget {
  readonly limits: Limits;
  #left: number;

  constructor(limits: Limits) {
    this.limits = limits;
    this.#left = limits.EOSC_PERF_MAX_CHECK_STEPS;
  }

  /** Takes steps off. Throws LimitExceeded when none are left. */
  charge(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw exceeded(this.limits, "EOSC_PERF_MAX_CHECK_STEPS", "The check takes", "steps");
  }
}

/** `A document holds more than 5 values (EOSC_PERF_MAX_VALUES)`. */
export function exceeded(limits: Limits, name: keyof Limits, start: string, unit: string): LimitExceeded {
  return new LimitExceeded(`${start} more than ${limits[name]} ${unit} (${name})`);
}
