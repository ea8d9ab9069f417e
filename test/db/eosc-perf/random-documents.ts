import fc from "fast-check";

const LONG = "x".repeat(119);
const TEXTS = [
  "",
  "5",
  " 5 ",
  "-1.5",
  "5.0",
  "1e1",
  "1e400",
  "0x1A",
  "NaN",
  "inf",
  "+.5",
  "true",
  "T",
  "off",
  "  false ",
  "AMD",
  "amd",
  "Ü",
  "\u{1f600}",
  LONG,
  `${LONG}a`,
  `${LONG}aa`,
  `${LONG}ab`,
  `${LONG}b`,
  `${LONG}\u{1f600}z`,
  `${"9".repeat(200)}`,
];
const NUMBERS = [
  "0",
  "-0",
  "5",
  "5.0",
  "1e1",
  "-1.5",
  "0.1",
  "12.345678901234567",
  "9007199254740992",
  "9007199254740993",
  "9007199254740993.5",
  "1e400",
  "1e-400",
  `0.${"0".repeat(420)}1`,
  "123456789012345678901234567890",
];
/** Names of members: some can't be named by a path, some look like places in an array. */
const NAMES = ["a", "b", "0", "-1", "", "c d", "e.f", "Ü"];

const text = fc.constantFrom(...TEXTS).map((value) => JSON.stringify(value));
const scalar = fc.oneof(text, fc.constantFrom(...NUMBERS), fc.constantFrom("true", "false", "null"));

const { object } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, scalar, tie("object"), tie("array")),
  object: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), tie("value")), { maxLength: 5, selector: ([name]) => name })
    .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
  array: fc.array(tie("value"), { maxLength: 3 }).map((values) => `[${values.join()}]`),
}));

const named = fc.array(fc.tuple(fc.constantFrom("a", "b"), scalar), { maxLength: 2 });
/** Most documents hold single values where a path looks for them; the others hold anything. */
const flat = named.map((members) => `{${[...new Map(members)].map(([name, value]) => `"${name}":${value}`).join()}}`);

/** The JSON text of a document. */
export const document = fc.oneof({ arbitrary: flat, weight: 2 }, { arbitrary: object, weight: 1 });

/** A path of members, as filters and orders name them. */
export const path = fc.oneof(
  { arbitrary: fc.constantFrom("a", "b"), weight: 2 },
  {
    arbitrary: fc
      .array(fc.constantFrom(...NAMES.filter((name) => !name.includes("."))), { minLength: 1, maxLength: 3 })
      .map((names) => names.join(".")),
    weight: 1,
  },
);

/** What a filter compares with. */
export const value = fc.oneof(
  fc.constantFrom(0, 5, -1.5, 0.5, 10, 26, 12.345678901234567, 9007199254740992, 1e30),
  fc.boolean(),
  fc.constantFrom(...TEXTS, "[]", "{}", '{"a": 5}', `${LONG}aaa`, "[5, 5]"),
);
