import { type Budget, UnusableSchema } from "./budget.ts";
import { type Dialect, METASCHEMA_URLS } from "./dialects.ts";
import { isObject, isSchema, type Json, type JsonObject, jsonOf } from "./json.ts";
import { METASCHEMAS, VOCABULARIES } from "./metaschemas.ts";

/** Where a schema without a name of its own lies. */
const HERE = "schema:///";
/** Values of these are no schemas, whatever they look like. */
const VALUES = new Set(["enum", "const", "default", "examples"]);

/** What the references of one schema lead to. Remote schemas are not fetched; the published meta-schemas are known. */
export class References {
  readonly #root: Json;
  readonly #bases = new Map<JsonObject, string>();
  readonly #named = new Map<string, Json>();
  readonly #found = new Map<string, Json>();
  readonly #budget: Budget | undefined;

  /** Looks at every part of a schema once, without recursion. */
  constructor(root: Json, dialect: Dialect, budget?: Budget) {
    this.#root = root;
    this.#budget = budget;
    this.#named.set(HERE, root);
    const idKeyword = dialect === "3" || dialect === "4" ? "id" : "$id";
    const left: [Json, string][] = [[root, HERE]];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [part, above] = next;
      budget?.charge(1);
      if (Array.isArray(part)) for (const item of part) left.push([item, above]);
      if (!isObject(part)) continue;
      const base = this.#name(part, above, part.get(idKeyword), dialect);
      for (const [name, value] of part)
        if (typeof value === "object" && value !== null && !VALUES.has(name)) left.push([value, base]);
    }
  }

  /** The part that a reference in another part leads to. Throws UnusableSchema when there is none. */
  find(reference: string, from: JsonObject): JsonObject | boolean {
    const base = this.#bases.get(from) ?? HERE;
    const key = `${base} ${reference}`;
    const found = this.#found.get(key) ?? this.#look(reference, base);
    if (!isSchema(found)) throw new UnusableSchema(`Unresolvable: ${reference.slice(0, MAX_SHOWN)}`);
    this.#found.set(key, found);
    return found;
  }

  get root(): Json {
    return this.#root;
  }

  #name(part: JsonObject, above: string, id: Json | undefined, dialect: Dialect): string {
    const isNewer = dialect.startsWith("20");
    const own = typeof id === "string" && (isNewer || !part.has("$ref")) ? resolved(id, above) : undefined;
    const [address = "", fragment = ""] = own?.split("#", 2) ?? [];
    const base = address === "" ? above : address;
    if (own !== undefined && fragment === "" && !this.#named.has(base)) this.#named.set(base, part);
    if (fragment !== "") this.#named.set(`${base}#${fragment}`, part);
    if (isNewer)
      for (const anchor of [part.get("$anchor"), part.get("$dynamicAnchor")])
        if (typeof anchor === "string") this.#named.set(`${base}#${anchor}`, part);
    this.#bases.set(part, base);
    return base;
  }

  /** A published meta-schema, whose own references stay within it. */
  #metaschema(address: string): Json | undefined {
    const dialect = METASCHEMA_URLS[address];
    const published = dialect === undefined ? VOCABULARIES[address] : METASCHEMAS[dialect];
    if (published === undefined) return undefined;
    const whole = jsonOf(published);
    this.#named.set(address, whole);
    const left: Json[] = [whole];
    for (let part = left.pop(); part !== undefined; part = left.pop()) {
      this.#budget?.charge(1);
      if (Array.isArray(part)) left.push(...part);
      if (!isObject(part)) continue;
      this.#bases.set(part, address);
      left.push(...part.values());
    }
    return whole;
  }

  #look(reference: string, base: string): Json | undefined {
    const target = resolved(reference, base);
    if (target === undefined) return undefined;
    const [address = "", fragment = ""] = target.split("#", 2);
    const whole = this.#named.get(address) ?? this.#metaschema(address);
    if (fragment === "") return whole;
    if (!fragment.startsWith("/")) return this.#named.get(`${address}#${fragment}`);
    return whole === undefined ? undefined : follow(whole, fragment);
  }
}

/** Characters of a reference that a refusal shows. */
const MAX_SHOWN = 200;

function resolved(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

/** Follows a JSON pointer (RFC 6901, in a fragment). */
function follow(whole: Json, pointer: string): Json | undefined {
  let inside: Json | undefined = whole;
  for (const step of pointer.split("/").slice(1)) {
    const key = decoded(step).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(inside)) inside = /^\d+$/.test(key) ? inside[Number(key)] : undefined;
    else inside = isObject(inside) ? inside.get(key) : undefined;
  }
  return inside;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
