// The measure itself: what counts as found, and that a floor that is missed is seen.
import assert from "node:assert/strict";
import test from "node:test";
import { byKind, missed, rank, readQueries, summarize, table, wire } from "./score.mjs";

test("queries are read with all their answers", () => {
  const read = readQueries("# kind\tquery\treports\ntypo\trobolx\ta b\n");
  assert.deepEqual(read, [{ kind: "typo", text: "robolx", expected: ["a", "b"] }]);
  assert.ok(readQueries().length >= 170);
});

test("the first expected report counts", () => {
  assert.equal(rank(["x", "b", "a"], ["a", "b"]), 2);
  assert.equal(rank(["x"], ["a"]), Infinity);
  assert.equal(rank([], ["a"]), Infinity);
});

test("shares and bytes", () => {
  const answers = [[1, 10], [2, 30], [11, 20], [Infinity, 40]].map(([rank, bytes]) => ({ kind: "id", rank, bytes }));
  assert.deepEqual(summarize(answers), { count: 4, at1: 0.25, at10: 0.5, median: 25, max: 40 });
});

test("a floor that is missed is seen, and so is a kind without queries", () => {
  const summaries = byKind([{ kind: "id", rank: 1, bytes: 1 }, { kind: "typo", rank: 12, bytes: 1 }]);
  const floors = [{ kind: "all", within: 10, least: 0.98 }, { kind: "id", within: 1, least: 1 }, { kind: "prefix", within: 10, least: 0.95 }];
  assert.deepEqual(missed(floors, summaries).map((line) => line.slice(0, 12)), ["all: S@10 is", "there are no"]);
  assert.match(table([{ name: "ours", summaries }]), /typo +1 +0\.000 +0\.000/);
});

test("bytes that do not compress count as they are", () => {
  assert.ok(wire(Buffer.from("a".repeat(10_000))) < 100);
  assert.equal(wire(Buffer.from([1, 2, 3])), 3);
});
