import { describe, expect, test } from "vitest";
import { listWrongCitations } from "./wrong-citations.ts";

const documents = new Map([
  ["docs/contracts/github.md", "# GitHub\n\n## 5 Scrape\n\n| 1 | a |\n| 2 | b |\n\n## 7 Read API\n\n- **Pages**: 30\n"],
  [
    "docs/contracts/eosc-perf.md",
    "# EOSC-Perf\n\n## 8. Results\n\n### 8.1 `filters`\n\n### 8.2 Search\n\n## 9. Claims\n",
  ],
  ["docs/contracts/kernelci/02-ingestion.md", "# 02 Ingestion\n\n### Labs\n"],
  ["docs/deploy.md", "# Deploying\n\n### Large submissions\n"],
]);

const wrongIn = (path: string, comment: string) =>
  listWrongCitations(path, `/** ${comment} */\nconst a = 1;`, documents);
const inGithub = (comment: string) => wrongIn("functions/edge/github/runs/runs.get.ts", comment);

describe("citations that exist are accepted", () => {
  test.each([
    ["functions/edge/github/runs/runs.get.ts", "Contract section 7, Pages."],
    ["functions/edge/github/runs/runs.get.ts", "A step (contract section 5, steps 1 to 2)."],
    ["functions/edge/eosc-perf/results/filters.ts", "Reads a filter (contract sections 8.1 and 9)."],
    ["functions/ingest/kernelci/labs.ts", "Fills in a lab (contract part 02, Labs)."],
    ["functions/messages/github-scrape.ts", "The message (section 5)."],
    ["functions/json-schema/check.ts", "A document (EOSC-Perf contract section 8)."],
    ["functions/edge/app.ts", "See docs/deploy.md, Large submissions."],
    ["functions/edge/app.ts", "Weak comparison (RFC 9110, section 13)."],
  ])("%s: %s", (path, comment) => {
    expect(wrongIn(path, comment)).toEqual([]);
  });
});

describe("citations that lead nowhere are named", () => {
  test("a section that the contract lacks", () => {
    expect(inGithub("Contract section 6.")).toEqual([
      'functions/edge/github/runs/runs.get.ts: "Contract section 6" is not in docs/contracts/github',
    ]);
  });

  test("one of two sections", () => {
    expect(inGithub("Contract sections 5 and 99.")).toHaveLength(1);
  });

  test("a subsection", () => {
    expect(wrongIn("db/queries/eosc-perf/filters.ts", "Contract section 8.3.")).toHaveLength(1);
  });

  test("a part", () => {
    expect(wrongIn("functions/ingest/kernelci/labs.ts", "Contract part 12.")).toHaveLength(1);
  });

  test("words that the section does not have", () => {
    expect(inGithub("Contract section 7, Leaves.")).toEqual([
      'functions/edge/github/runs/runs.get.ts: "Contract section 7, Leaves" names what is not there',
    ]);
  });

  test("words that stand in another section", () => {
    expect(inGithub("Contract section 5, Pages.")).toHaveLength(1);
  });

  test("a step", () => {
    expect(inGithub("Contract section 5, step 3.")).toHaveLength(1);
  });

  test("a section cited over the end of a line", () => {
    expect(inGithub("A step (contract\n * section 6).")).toHaveLength(1);
  });

  test("a section in a line comment", () => {
    expect(
      listWrongCitations("db/schema/github.ts", `const a = 1; ${"/".repeat(2)} contract section 6`, documents),
    ).toHaveLength(1);
  });

  test("a contract that nobody can tell", () => {
    expect(wrongIn("functions/cron/clock.ts", "Contract section 5.")).toEqual([
      'functions/cron/clock.ts: "Contract section 5" does not say whose contract it means',
    ]);
  });

  test("a page that does not exist", () => {
    expect(inGithub("See docs/nowhere.md.")).toEqual([
      "functions/edge/github/runs/runs.get.ts: docs/nowhere.md does not exist",
    ]);
  });

  test("a heading that the page lacks", () => {
    expect(inGithub("See docs/deploy.md, *Small submissions*.")).toEqual([
      'functions/edge/github/runs/runs.get.ts: docs/deploy.md has no heading "Small submissions"',
    ]);
  });
});

test("what is not a comment is not read", () => {
  expect(listWrongCitations("functions/edge/github/a.ts", 'const text = "contract section 6";', documents)).toEqual([]);
});
