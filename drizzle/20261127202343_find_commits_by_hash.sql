DROP INDEX "github"."runs_sha";--> statement-breakpoint
DROP INDEX "kernelci"."checkouts_git_commit_hash";--> statement-breakpoint
DROP INDEX "qaboard"."ci_commits_hexsha_alone";--> statement-breakpoint
CREATE INDEX "commits_sha" ON "github"."commits" USING btree ("sha" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "tests_failed" ON "kernelci"."tests" USING btree ("build_id") WHERE "kernelci"."tests"."status" = 'FAIL';--> statement-breakpoint
CREATE INDEX "runs_sha" ON "github"."runs" USING btree ("sha" text_pattern_ops,"repo_id");--> statement-breakpoint
CREATE INDEX "checkouts_git_commit_hash" ON "kernelci"."checkouts" USING btree ("git_commit_hash" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "ci_commits_hexsha_alone" ON "qaboard"."ci_commits" USING btree ("hexsha" text_pattern_ops);