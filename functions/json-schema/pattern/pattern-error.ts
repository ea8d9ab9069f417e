/** Why a regular expression can't be used: it is none in Python's notation, or it uses what takes more than linear time. */
export class PatternError extends Error {
  override name = "PatternError";
  readonly isUnsupported: boolean;

  private constructor(message: string, isUnsupported: boolean) {
    super(message);
    this.isUnsupported = isUnsupported;
  }

  static invalid(reason: string): PatternError {
    return new PatternError(reason, false);
  }

  static unsupported(feature: string): PatternError {
    return new PatternError(feature, true);
  }
}
