CREATE TABLE "kernelci"."hardware_boards" (
	"board" text PRIMARY KEY NOT NULL,
	"platform" text,
	"compatibles" text[]
);
--> statement-breakpoint
CREATE TABLE "kernelci"."hardware_tests_rollup" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"checkout_id" text NOT NULL,
	"board" text NOT NULL,
	"test_origin" text NOT NULL,
	"build_id" text NOT NULL,
	"test_lab" text,
	"is_boot" boolean,
	"pass_tests" integer DEFAULT 0 NOT NULL,
	"fail_tests" integer DEFAULT 0 NOT NULL,
	"skip_tests" integer DEFAULT 0 NOT NULL,
	"error_tests" integer DEFAULT 0 NOT NULL,
	"miss_tests" integer DEFAULT 0 NOT NULL,
	"done_tests" integer DEFAULT 0 NOT NULL,
	"null_tests" integer DEFAULT 0 NOT NULL,
	"total_tests" integer DEFAULT 0 NOT NULL,
	"fail_incidents" integer DEFAULT 0 NOT NULL,
	"first_start" timestamp with time zone NOT NULL,
	"last_start" timestamp with time zone NOT NULL,
	CONSTRAINT "hardware_tests_rollup_group" UNIQUE NULLS NOT DISTINCT("checkout_id","board","test_origin","build_id","test_lab","is_boot")
);
--> statement-breakpoint
CREATE INDEX "hardware_boards_platform" ON "kernelci"."hardware_boards" USING btree ("platform");--> statement-breakpoint
CREATE INDEX "hardware_boards_compatibles" ON "kernelci"."hardware_boards" USING gin ("compatibles");--> statement-breakpoint
INSERT INTO "kernelci"."hardware_boards" ("board", "platform", "compatibles")
SELECT DISTINCT ON (board) board, platform, environment_compatible FROM (
	SELECT md5(json_build_array(environment_misc ->> 'platform', environment_compatible)::text) AS board,
		environment_misc ->> 'platform' AS platform, environment_compatible
	FROM "kernelci"."tests"
	WHERE environment_misc ->> 'platform' IS NOT NULL OR cardinality(environment_compatible) > 0
) AS ran ORDER BY board;
--> statement-breakpoint
INSERT INTO "kernelci"."hardware_tests_rollup" ("checkout_id", "board", "test_origin", "build_id", "test_lab", "is_boot",
	"pass_tests", "fail_tests", "skip_tests", "error_tests", "miss_tests", "done_tests", "null_tests", "total_tests",
	"fail_incidents", "first_start", "last_start")
SELECT b.checkout_id, md5(json_build_array(t.environment_misc ->> 'platform', t.environment_compatible)::text), t.origin, b.id,
	t.misc ->> 'runtime', split_part(t.path, '.', 1) = 'boot',
	count(*) FILTER (WHERE t.status = 'PASS'), count(*) FILTER (WHERE t.status = 'FAIL'),
	count(*) FILTER (WHERE t.status = 'SKIP'), count(*) FILTER (WHERE t.status = 'ERROR'),
	count(*) FILTER (WHERE t.status = 'MISS'), count(*) FILTER (WHERE t.status = 'DONE'),
	count(*) FILTER (WHERE t.status IS NULL), count(*),
	coalesce(sum(CASE WHEN t.status = 'FAIL' THEN (SELECT count(*) FROM "kernelci"."incidents" i WHERE i.test_id = t.id) END), 0),
	min(coalesce(t.start_time, '-infinity')), max(coalesce(t.start_time, 'infinity'))
FROM "kernelci"."tests" t
JOIN "kernelci"."builds" b ON b.id = t.build_id
JOIN "kernelci"."checkouts" c ON c.id = b.checkout_id
WHERE t.environment_misc ->> 'platform' IS NOT NULL OR cardinality(t.environment_compatible) > 0
GROUP BY 1, 2, 3, 4, 5, 6;
