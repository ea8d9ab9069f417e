-- A resource that goes, by itself or by a cascade, takes along the submit that asked for its review.
CREATE FUNCTION eosc_perf.remove_submits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM eosc_perf.submit s USING gone g WHERE s.id = g._submit_report_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER benchmark_submits AFTER DELETE ON eosc_perf.benchmark
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.remove_submits();
--> statement-breakpoint
CREATE TRIGGER site_submits AFTER DELETE ON eosc_perf.site
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.remove_submits();
--> statement-breakpoint
CREATE TRIGGER flavor_submits AFTER DELETE ON eosc_perf.flavor
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.remove_submits();
--> statement-breakpoint
CREATE TRIGGER claim_submits AFTER DELETE ON eosc_perf.claim
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.remove_submits();
--> statement-breakpoint
-- The members of a document that filters and orders can name: not those in arrays, nor with a dot in a name.
CREATE FUNCTION eosc_perf.members_of(document jsonb) RETURNS TABLE (path text, value jsonb, depth integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 40 AS $$
  WITH RECURSIVE member AS (
    SELECT key AS path, m.value, 1 AS depth
    FROM jsonb_each(CASE jsonb_typeof(document) WHEN 'object' THEN document ELSE '{}' END) m WHERE strpos(key, '.') = 0
    UNION ALL
    SELECT member.path || '.' || m.key, m.value, member.depth + 1
    FROM member CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(member.value) WHEN 'object' THEN member.value ELSE '{}' END) m
    WHERE member.depth < 20 AND strpos(m.key, '.') = 0
  )
  SELECT path, value, depth FROM member
$$;
--> statement-breakpoint
CREATE TYPE eosc_perf.said_value AS (
  key integer, benchmark_id uuid, path text, kind smallint, needs_document boolean, truth boolean,
  number double precision, text text
);
--> statement-breakpoint
-- Keeps result_value and value_path for the results of one statement; meant for up to some thousand results at a time.
CREATE FUNCTION eosc_perf.index_results() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said eosc_perf.said_value[];
BEGIN
  WITH member AS MATERIALIZED (
    SELECT i.key, i.benchmark_id, m.path, m.value, m.depth, m.value #>> '{}' AS text, jsonb_typeof(m.value) AS type,
      count(*) OVER (PARTITION BY i.key) AS members, max(m.depth) OVER (PARTITION BY i.key) AS deepest,
      max(octet_length(m.path)) OVER (PARTITION BY i.key) AS longest
    FROM inserted i CROSS JOIN LATERAL eosc_perf.members_of(i.json) m
  ), too_large AS (
    UPDATE eosc_perf.result r SET indexed = false
    FROM (SELECT DISTINCT key FROM member WHERE members > 2000 OR deepest >= 20 OR longest > 1000) m WHERE r.key = m.key
  )
  SELECT array_agg((key, benchmark_id, path,
    CASE type WHEN 'null' THEN 0 WHEN 'string' THEN 1 WHEN 'number' THEN 2 WHEN 'boolean' THEN 3 WHEN 'array' THEN 4 ELSE 5 END,
    type IN ('array', 'object') OR coalesce(length(text), 0) > 120
      OR type = 'number' AND (NOT pg_input_is_valid(text, 'double precision') OR text::double precision::text::numeric <> text::numeric),
    CASE WHEN pg_input_is_valid(text, 'boolean') THEN text::boolean END,
    CASE WHEN text ~ '^\s*[-+]?[0-9.]' AND pg_input_is_valid(text, 'double precision')
      THEN text::double precision END,
    left(text, 120))::eosc_perf.said_value)
  INTO said
  FROM member WHERE members <= 2000 AND deepest < 20 AND longest <= 1000;

  INSERT INTO eosc_perf.value_path AS p (benchmark_id, path, needs_document, has_texts)
  SELECT s.benchmark_id, s.path, bool_or(s.needs_document), bool_or(s.kind IN (1, 3)) FROM unnest(said) s
  WHERE NOT EXISTS (
    SELECT FROM eosc_perf.value_path p
    WHERE p.benchmark_id = s.benchmark_id AND p.path = s.path AND (p.needs_document OR NOT s.needs_document)
      AND (p.has_texts OR s.kind NOT IN (1, 3))
  )
  GROUP BY s.benchmark_id, s.path ORDER BY s.benchmark_id, s.path
  ON CONFLICT (path, benchmark_id) DO UPDATE
  SET needs_document = p.needs_document OR excluded.needs_document, has_texts = p.has_texts OR excluded.has_texts
  WHERE excluded.needs_document AND NOT p.needs_document OR excluded.has_texts AND NOT p.has_texts;

  INSERT INTO eosc_perf.result_value (path_id, key, number, kind, truth, text)
  SELECT p.id, s.key, s.number, s.kind, s.truth, s.text
  FROM unnest(said) s JOIN eosc_perf.value_path p USING (benchmark_id, path);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER result_values AFTER INSERT ON eosc_perf.result
REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.index_results();
--> statement-breakpoint
-- The values of results that go; of a benchmark that goes, by its paths.
CREATE FUNCTION eosc_perf.remove_values() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM eosc_perf.result_value v
  WHERE v.path_id = ANY (ARRAY(SELECT p.id FROM eosc_perf.value_path p WHERE p.benchmark_id IN (SELECT benchmark_id FROM gone)))
    AND v.key = ANY (ARRAY(SELECT key FROM gone));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER result_values_gone AFTER DELETE ON eosc_perf.result
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.remove_values();
--> statement-breakpoint
CREATE FUNCTION eosc_perf.remove_values_of_paths() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM eosc_perf.result_value v WHERE v.path_id = ANY (ARRAY(SELECT id FROM gone));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER path_values_gone AFTER DELETE ON eosc_perf.value_path
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.remove_values_of_paths();
--> statement-breakpoint
-- Index-only scans need pages that vacuum has seen.
ALTER TABLE eosc_perf.result_value SET (autovacuum_vacuum_insert_scale_factor = 0.02);
--> statement-breakpoint
CREATE FUNCTION eosc_perf.count_inserted_results() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO eosc_perf.result_count AS c (benchmark_id, flavor_id, site_id, shown)
  SELECT benchmark_id, flavor_id, site_id, count(*) FILTER (WHERE NOT deleted) FROM inserted GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (benchmark_id, flavor_id, site_id) DO UPDATE SET shown = c.shown + excluded.shown;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER result_inserted AFTER INSERT ON eosc_perf.result
REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.count_inserted_results();
--> statement-breakpoint
CREATE FUNCTION eosc_perf.count_hidden_results() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE eosc_perf.result_count c SET shown = c.shown + changed.difference
  FROM (
    SELECT n.benchmark_id, n.flavor_id, n.site_id, sum(CASE WHEN n.deleted THEN -1 ELSE 1 END) AS difference
    FROM after n JOIN before o ON o.id = n.id AND o.deleted <> n.deleted GROUP BY 1, 2, 3
  ) changed
  WHERE (c.benchmark_id, c.flavor_id, c.site_id) = (changed.benchmark_id, changed.flavor_id, changed.site_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER result_hidden AFTER UPDATE ON eosc_perf.result
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.count_hidden_results();
--> statement-breakpoint
CREATE FUNCTION eosc_perf.count_deleted_results() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE eosc_perf.result_count c SET shown = c.shown - gone.shown
  FROM (
    SELECT benchmark_id, flavor_id, site_id, count(*) AS shown FROM gone WHERE NOT deleted GROUP BY 1, 2, 3
  ) gone
  WHERE (c.benchmark_id, c.flavor_id, c.site_id) = (gone.benchmark_id, gone.flavor_id, gone.site_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER result_deleted AFTER DELETE ON eosc_perf.result
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION eosc_perf.count_deleted_results();
