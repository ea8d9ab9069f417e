import { expect, test } from "vitest";
import { repositoryIdentity } from "../../functions/formats/repository-identity.ts";

test.each([
  "git@github.com:a/b.git",
  "https://github.com/A/B",
  "https://github.com/a/b/",
  "https://github.com/a/b.git/",
  "https://user:secret@GitHub.com:443/a/b.git",
  "ssh://git@github.com:22/a/b",
  "git://github.com/a/b.git",
  " http://github.com//a/b// ",
  "github.com/a/b",
])("%s is github.com/a/b", (address) => expect(repositoryIdentity(address)).toBe("github.com/a/b"));

test("another port and deeper paths stay", () => {
  expect(repositoryIdentity("ssh://git@Lab.example.org:2222/group/sub/Name.git")).toBe(
    "lab.example.org:2222/group/sub/name",
  );
});

test.each(["", "/srv/git/a.git", "file:///srv/git/a.git", "https://github.com", "https://", "x".repeat(2_001)])(
  "%.40s names no repository",
  (address) => expect(repositoryIdentity(address)).toBeUndefined(),
);
