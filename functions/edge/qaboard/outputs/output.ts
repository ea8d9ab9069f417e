import { z } from "@hono/zod-openapi";

/** An object whose members are the project's own. */
const free = (description: string) => z.looseObject({}).openapi({ description });

/** Contract section 3.1. */
export const Output = z
  .object({
    id: z.int(),
    output_type: z.string().openapi({ description: "`optim_iteration` for the summary of an optimisation" }),
    platform: z.string().nullable().openapi({ description: "as linux, windows" }),
    configurations: z.array(z.unknown()).openapi({ description: "texts and objects" }),
    extra_parameters: free("parameters of tuning"),
    metrics: free("what was measured"),
    is_failed: z.boolean().nullable().openapi({ description: "null after an update that says nothing of it" }),
    is_pending: z.boolean(),
    is_running: z.boolean(),
    data: free("user, ci and whatever else was posted"),
    deleted: z.boolean().openapi({ description: "whether its files are gone; what was measured stays" }),
    created_date: z.string().openapi({ description: "UTC without zone", example: "2026-11-21T01:41:35.183578" }),
    output_dir_url: z.string().openapi({ description: "path of its folder", example: "/s/mnt/qaboard/group/repo" }),
    test_input_database: z.string(),
    test_input_path: z.string(),
    test_input_metadata: free("of the input, shared by all its outputs"),
  })
  .openapi("QaboardOutput");

/** An output's id in the path. */
export const OutputId = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/, "must be a number")
    .transform(Number)
    .openapi({ type: "integer", description: "the output's id" }),
});
