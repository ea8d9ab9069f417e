import { z } from "@hono/zod-openapi";
import { longerThan, MAX_PROSE_LENGTH, text, typeMessage, uuid } from "./parameters.ts";

/* The contract's objects and bodies as documents show them (section 3). */

const id = z.uuid();
const moment = (description: string) =>
  z
    .string()
    .openapi({ description: `${description}: ISO 8601 in UTC, without offset`, example: "2020-05-21T09:31:00" });
const description = z.string().optional();

export const User = z
  .object({ sub: z.string(), iss: z.string(), email: z.string(), registration_datetime: moment("registered") })
  .openapi("EoscPerfUser");

export const Tag = z.object({ id, name: z.string(), description }).openapi("EoscPerfTag");

export const Site = z
  .object({ id, upload_datetime: moment("uploaded"), name: z.string(), address: z.string(), description })
  .openapi("EoscPerfSite");

export const Flavor = z
  .object({ id, upload_datetime: moment("uploaded"), name: z.string(), description })
  .openapi("EoscPerfFlavor");

export const ResourceType = ["benchmark", "claim", "site", "flavor"] as const;

export const Submit = z
  .object({
    resource_type: z.enum(ResourceType),
    resource_id: id,
    upload_datetime: moment("asked for review"),
    uploader: User,
  })
  .openapi("EoscPerfSubmit");

const newDescription = text(
  "what there is to say; left out in an update, the old one stays",
  MAX_PROSE_LENGTH,
).optional();

export const TagText = z.strictObject({ name: text("unique name"), description: newDescription });
export const SiteText = z.strictObject({
  name: text("unique name"),
  address: text("where it is"),
  description: newDescription,
});
export const FlavorText = z.strictObject({ name: text("name, unique at its site"), description: newDescription });

export const Benchmark = z
  .object({
    id,
    upload_datetime: moment("uploaded"),
    docker_image: z.string(),
    docker_tag: z.string(),
    url: z.string(),
    json_schema: z.looseObject({}).openapi({ description: "what results must fit" }),
    description,
  })
  .openapi("EoscPerfBenchmark");

export const BenchmarkText = z.strictObject({
  docker_image: text("container image without its tag"),
  docker_tag: text("tag, unique among those of the image"),
  url: text("where the benchmark is described"),
  json_schema: z
    .looseObject({}, typeMessage("Not a valid mapping type."))
    .openapi({ description: "JSON Schema that results must fit" }),
  description: newDescription,
});

export const Result = z
  .object({
    id,
    upload_datetime: moment("uploaded"),
    execution_datetime: moment("run"),
    benchmark: Benchmark,
    site: Site,
    flavor: Flavor,
    tags: z.array(Tag),
    json: z.looseObject({}).openapi({ description: "the document as it was uploaded" }),
  })
  .openapi("EoscPerfResult");

export const Claim = z
  .object({
    id,
    upload_datetime: moment("claimed"),
    message: z.string(),
    resource_type: z.literal("result"),
    resource_id: id.optional().openapi({ description: "the result, as long as it points at this claim" }),
    uploader: User,
  })
  .openapi("EoscPerfClaim");

export const ClaimText = z.strictObject({ message: text("what is wrong with the result", MAX_PROSE_LENGTH) });

/** Tags that one result may have. */
const MAX_TAGS = 1_000;

export const TagsIdsText = z.strictObject({
  tags_ids: z
    .array(z.unknown(), typeMessage("Not a valid list."))
    .max(MAX_TAGS, longerThan(MAX_TAGS))
    .pipe(z.array(uuid("id of a tag")))
    .openapi({ type: "array", items: { type: "string", format: "uuid" }, maxItems: MAX_TAGS })
    .optional(),
});
