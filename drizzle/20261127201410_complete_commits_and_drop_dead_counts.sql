DROP INDEX "github"."runs_actor";--> statement-breakpoint
ALTER TABLE "github"."commits" ADD COLUMN "details" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "runs_actor" ON "github"."runs" USING btree ("repo_id",lower("actor"),"created_at","run_id");
--> statement-breakpoint
-- Counts of what is deleted: their results went with it, so nothing reads them again.
CREATE FUNCTION eosc_perf.remove_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'DELETE FROM eosc_perf.result_count c USING (
       SELECT benchmark_id, flavor_id, site_id FROM eosc_perf.result_count
       WHERE %1$I = ANY(ARRAY(SELECT id FROM gone)) ORDER BY 1, 2, 3 FOR UPDATE
     ) dead WHERE (c.benchmark_id, c.flavor_id, c.site_id) = (dead.benchmark_id, dead.flavor_id, dead.site_id)',
    TG_ARGV[0]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER benchmark_counts_gone AFTER DELETE ON eosc_perf.benchmark
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.remove_counts('benchmark_id');
--> statement-breakpoint
CREATE TRIGGER flavor_counts_gone AFTER DELETE ON eosc_perf.flavor
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.remove_counts('flavor_id');
--> statement-breakpoint
CREATE TRIGGER site_counts_gone AFTER DELETE ON eosc_perf.site
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.remove_counts('site_id');
--> statement-breakpoint
DELETE FROM eosc_perf.result_count c
WHERE NOT EXISTS (SELECT FROM eosc_perf.benchmark b WHERE b.id = c.benchmark_id)
  OR NOT EXISTS (SELECT FROM eosc_perf.flavor f WHERE f.id = c.flavor_id)
  OR NOT EXISTS (SELECT FROM eosc_perf.site s WHERE s.id = c.site_id);
