/** Whose token it is: the key of a user. */
export type Person = { sub: string; iss: string };

/** What users are chosen by: exact values. */
export type UserChoice = { sub?: string | undefined; iss?: string | undefined; email?: string | undefined };

/** What an upload refers to; ids in lower case. */
export type Referred = { benchmark_id: string; flavor_id: string; tags_ids: readonly string[] };
