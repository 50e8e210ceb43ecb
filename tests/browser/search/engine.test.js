// The engine of the search in Node: the shared examples of words, and what it finds in the built site.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { site } from "../lib.js";
import { open, scripts } from "./engine.mjs";

const { afterword } = scripts();
const reports = JSON.parse(readFileSync(path.join(site, "reports.json"), "utf8")).reports;
let search;
before(() => (search = open(site, { fresh: false })));
const ids = async (text, options) => (await search.query(text, options)).map((found) => found.id);

test("words are found as the shared examples say", () => {
  const examples = JSON.parse(readFileSync(new URL("../../search/tokens.json", import.meta.url), "utf8"));
  for (const [text, expected] of examples) {
    const found = [...afterword.tokens(text)].flatMap((token) => [token.w, ...token.p, token.j]).filter(Boolean);
    assert.deepEqual(found, expected, text);
  }
});

test("one letter more, less, other, or two exchanged is near; two letters are not", () => {
  for (const other of ["imeout", "timeot", "timmeout", "tineout", "tiemout", "xtimeout", "timeoutx"]) {
    assert.ok(afterword.near("timeout", other), other);
    assert.ok(afterword.near(other, "timeout"), other);
  }
  for (const other of ["timeout", "tieout2", "meout", "tuneout", "time"]) assert.ok(!afterword.near("timeout", other), other);
});

test("every report is found by its id and by its title", async () => {
  assert.ok(reports.length > 1);
  for (const { id, title } of reports) {
    assert.equal((await ids(id))[0], id, id);
    assert.ok((await ids(title)).slice(0, 3).includes(id), title);
  }
});

test("results come in the order that Rust finds them in", async () => {
  const examples = JSON.parse(readFileSync(new URL("../../search/ranking.json", import.meta.url), "utf8"));
  assert.ok(examples.length > 30);
  for (const [text, expected] of examples) assert.deepEqual(await ids(text), expected, text);
});

test("a pasted text costs no more files than its first words", async () => {
  const words = (n) => Array.from({ length: n }, (_, at) => `qzhandler${at}xv`).join(" ");
  const files = async (n) => (await open(site).query(words(n))).bytes.files;
  assert.equal(await files(400), await files(40));
  assert.equal((await open(site).query(words(400))).missing.length, 40);
});

test("endings do not matter", async () => {
  assert.ok((await ids("certificates")).length > 1);
  assert.deepEqual(await ids("certificates"), await ids("certificate"));
});

test("a part of a word finds it, and so does a slip of the pen wherever it is", async () => {
  for (const text of ["robl", "roblx", "orblox", "xoblox", "robloxx", "robolx", "oblox"]) {
    assert.ok((await ids(text)).includes("2021-10-28-roblox-consul"), text);
  }
});

test("phrases, what must not be there, and narrowing", async () => {
  const phrase = await ids('"bot management"');
  assert.deepEqual(phrase, ["2025-11-18-cloudflare-bot-management-file"]);
  assert.deepEqual(await ids('"management bot"'), []);
  const all = await search.query("dns"), without = await search.query("dns -cloudflare");
  assert.ok(without.total < all.total && without.total > 0);
  const severity = Object.fromEntries(reports.map(({ id, severity }) => [id, severity]));
  for (const id of await ids("dns sev:sev1")) assert.equal(severity[id], "sev1");
  for (const id of await ids("dns -sev:sev1")) assert.notEqual(severity[id], "sev1");
  for (const id of await ids("year:2021")) assert.match(id, /^2021/);
  assert.equal((await search.query("year:2021")).total, reports.filter(({ id }) => id.startsWith("2021")).length);
  for (const id of await ids("outage after:2025-01-01 before:2025-07-01")) assert.match(id, /^2025-0[1-6]/);
  const dates = await ids("dns", { sort: "date" });
  assert.deepEqual(dates, [...dates].sort().reverse());
  assert.ok((await ids("pattern:retry-storm")).length > 1);
  assert.ok((await ids("service:roblox")).includes("2021-10-28-roblox-consul"));
});

test("stop words are only dropped beside other words, and a word of no report is told", async () => {
  assert.ok((await search.query("what was the")).total > 0);
  const result = await search.query("dns xyzzyq");
  assert.deepEqual([...result.missing], ["xyzzyq"]);
  assert.ok(result.total > 0);
  assert.equal((await search.query("xyzzyq")).total, 0);
});

test("excerpts hold the words, and sections the ids of headings", async () => {
  const [best] = await search.query("consul streaming");
  assert.ok(best.sections.length > 1);
  for (const section of best.sections) {
    assert.match(section.anchor, /^(h-|recovery|lessons|timeline|actions)/);
    assert.ok(section.excerpt.some(([, marked]) => marked), section.heading);
    assert.ok(section.excerpt.map(([text]) => text).join("").length < 220);
  }
});

test("a first query costs less than 60 KB, the client included", async () => {
  const cold = open(site);
  for (const text of ["dns", "redis failover timeouts", "certificate", "how did a regex take the whole network down"]) {
    const { bytes } = await cold.query(text);
    assert.ok(bytes.gzip < 60_000, `${text}: ${bytes.gzip} bytes`);
    assert.ok(bytes.by.client <= 9_000, `the client has ${bytes.by.client} bytes`);
  }
});
