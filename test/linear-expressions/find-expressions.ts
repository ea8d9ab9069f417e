import { parseSync } from "oxc-parser";
import * as z from "zod";

/** A regular expression of a file; `pattern` is undefined when it is built from what only a run knows. */
export type Expression = { line: number; text: string; pattern: string | undefined; flags: string };

const Node = z.looseObject({ type: z.string(), start: z.number(), end: z.number() });
type Node = z.infer<typeof Node>;

/** Every regular expression in a file: literals, and what is given to `RegExp`. Throws when the file does not parse. */
export function findExpressions(file: string, source: string): Expression[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const nodes = [...walk(program)];
  const constants = new Map(nodes.flatMap(constant));
  return nodes.flatMap((node) => {
    const given = patternOf(node, constants);
    if (given === undefined) return [];
    const line = source.slice(0, node.start).split("\n").length;
    return [{ line, text: source.slice(node.start, node.end), ...given }];
  });
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const inner of value) yield* walk(inner);
  const node = Node.safeParse(value).data;
  if (node === undefined) return;
  yield node;
  for (const inner of Object.values(node)) if (typeof inner === "object") yield* walk(inner);
}

const Constant = z.object({
  type: z.literal("VariableDeclarator"),
  id: z.object({ name: z.string() }),
  init: Node,
});

/** The names a file declares with a value, shadowing aside: the same name twice is taken for the later one. */
function constant(node: Node): [string, Node][] {
  const { data } = Constant.safeParse(node);
  return data === undefined ? [] : [[data.id.name, data.init]];
}

const Literal = z.object({
  type: z.literal("Literal"),
  regex: z.object({ pattern: z.string(), flags: z.string() }),
});
const Construction = z.object({
  type: z.enum(["NewExpression", "CallExpression"]),
  callee: z.object({ type: z.literal("Identifier"), name: z.literal("RegExp") }),
  arguments: z.array(Node),
});

function patternOf(node: Node, constants: ReadonlyMap<string, Node>): Omit<Expression, "line" | "text"> | undefined {
  const literal = Literal.safeParse(node).data;
  if (literal !== undefined) return literal.regex;
  const construction = Construction.safeParse(node).data;
  if (construction === undefined) return undefined;
  const [pattern, flags] = construction.arguments.map((argument) => textOf(argument, constants));
  return { pattern, flags: flags ?? "" };
}

const Template = z.object({
  type: z.literal("TemplateLiteral"),
  quasis: z.array(z.object({ value: z.object({ raw: z.string(), cooked: z.string().nullable() }) })),
  expressions: z.array(Node),
});
const StringRaw = z.object({
  object: z.object({ name: z.literal("String") }),
  property: z.object({ name: z.literal("raw") }),
});
const Text = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Literal"), value: z.string() }),
  z.object({ type: z.literal("Identifier"), name: z.string() }),
  z.object({ type: z.literal("BinaryExpression"), operator: z.literal("+"), left: Node, right: Node }),
  z.object({ type: z.literal("TaggedTemplateExpression"), tag: StringRaw, quasi: Template }),
  Template,
]);

/** The text an expression of the program stands for, as far as the file itself says. */
function textOf(node: Node, constants: ReadonlyMap<string, Node>): string | undefined {
  const { data } = Text.safeParse(node);
  if (data === undefined) return undefined;
  if (data.type === "Literal") return data.value;
  if (data.type === "Identifier") {
    const value = constants.get(data.name);
    return value === undefined ? undefined : textOf(value, constants);
  }
  if (data.type === "BinaryExpression") return joined([data.left, data.right].map((side) => textOf(side, constants)));
  const isRaw = data.type === "TaggedTemplateExpression";
  const { quasis, expressions } = isRaw ? data.quasi : data;
  return joined(
    quasis.flatMap(({ value }, at) => {
      const text = isRaw ? value.raw : (value.cooked ?? undefined);
      const next = expressions[at];
      return next === undefined ? [text] : [text, textOf(next, constants)];
    }),
  );
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join("");
}
