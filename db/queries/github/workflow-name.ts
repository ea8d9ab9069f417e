import { sql } from "drizzle-orm";
import { workflowNames } from "../../schema/index.ts";

/**
 * Name of the workflow `w` of a run `u`, as it was when the run was made: the run's own name, unless that is a title (the
 * workflow's run-name), which the workflow itself was never called. An empty name is no title. As the view workflowruns has it.
 */
export const WORKFLOW_NAME = sql`case when u.name = '' or exists(
    select from ${workflowNames} n where n.workflow_id = u.workflow_id and n.name = u.name
  ) then u.name else coalesce(w.name, u.name) end`;
