import type { Ranked } from "./best-match.ts";
import type { Dialect } from "./dialects.ts";
import { textsOf } from "./failure-texts.ts";
import { type Failure, failuresOf } from "./located-failures.ts";
import { isObject, type Prepared, plainOf } from "./prepared-schema.ts";

/** One fault of a document: what is wrong in Python's words, and where in the document. */
export interface Fault extends Ranked<Fault> {
  message: string;
  path: (string | number)[];
}

/** Everything wrong with a losslessly parsed document, in the order in which the schema's keywords stand. */
export function faultsOf(sent: unknown, prepared: Prepared, dialect: Dialect): Fault[] {
  const document = plainOf(sent);
  const { failures, fits } = failuresOf(document, prepared, dialect);

  function told(failure: Failure, above: number): Fault[] {
    const { part, path, toldPath, propertyName, keyword, leftOver } = failure;
    const plain = propertyName ?? at(document, path);
    const spoken = prepared.asSent(part);
    const fitting = () => indexesWhere(partOf(part, "oneOf"), (one) => fits(plain, one));
    const texts = textsOf({
      keyword,
      part: isObject(spoken) ? spoken : {},
      value: propertyName ?? at(sent, path),
      containing: () => indexesWhere(plain, (element) => fits(element, partOf(part, "contains"))).length,
      fitting,
      leftOver: () => leftOver,
      sinceDraft2019: dialect.startsWith("20"),
    });
    const isAmbiguous = keyword === "oneOf" && fitting().length > 0;
    const context = isAmbiguous ? [] : failure.context.flatMap((one) => told(one, path.length));
    const fitsType = isOfType(plain, partOf(part, "type"));
    return texts.map((message) => ({
      message,
      path: toldPath,
      keyword,
      depth: toldPath.length - above,
      fitsType,
      context,
    }));
  }
  return failures.flatMap((failure) => told(failure, 0));
}

const at = (whole: unknown, path: readonly (string | number)[]) =>
  path.reduce<unknown>((inside, key) => Object(inside)[key], whole);
const partOf = (part: object, keyword: string) => Reflect.get(part, keyword);
const elements = (list: unknown): unknown[] => (Array.isArray(list) ? list : []);
const indexesWhere = (list: unknown, test: (item: unknown) => boolean): number[] =>
  elements(list).flatMap((item, index) => (test(item) ? [index] : []));

function isOfType(value: unknown, types: unknown): boolean {
  if (types === undefined) return false;
  const actual = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return (Array.isArray(types) ? types : [types]).some(
    (type) => type === actual || (type === "integer" && Number.isInteger(value)),
  );
}
