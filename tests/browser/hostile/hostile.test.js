// Script injection in Chromium: every text of a repository is a payload, and so is what is typed and what stands in addresses. On every kind of page, from
// disk, over http and in the preview, nothing runs, the content policy has nothing to stop, nothing is asked of others.
// The payloads are `../hostile/payloads.txt`; `tests/it/hostile.rs` reads the same pages with a parser.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { fail } from "../findings.js";
import { host, kindOf, launch, open, serve } from "../lib.js";
import { away, enter, fragments, scan } from "./look.js";
import { built, payloads, repository } from "./repository.js";

/** `AFTERWORD_GATES=full` loads every page and types far more; else every other report from disk, the others over http, and of other kinds the largest. */
const full = process.env.AFTERWORD_GATES === "full";
const EACH = 1;
/** So many links to other hosts are followed. */
const LINKS = full ? Infinity : 12;

const scratch = mkdtempSync(path.join(tmpdir(), "afterword-hostile-"));
const { folder, reports } = repository(path.join(scratch, "repository"));
const { site, said } = built(folder, path.join(scratch, "site"));
const files = readdirSync(site, { recursive: true }).map((file) => file.split(path.sep).join("/")).sort();
const kind = (file) => (kindOf(file) === "other" ? `${file.split("/")[0]}, ${file.split("/").length} deep` : kindOf(file));
const kinds = Map.groupBy(files.filter((file) => file.endsWith(".html")), kind);
const pages = [...kinds.values()].flatMap((all) => (full || kind(all[0]) === "incident" ? all
  : all.sort((a, b) => statSync(path.join(site, b)).size - statSync(path.join(site, a)).size).slice(0, EACH)));
const unguarded = [...kinds].flatMap(([kind, all]) => (kind === "incident" ? all.filter((_, n) => full || n % 8 === 0) : kindOf(all[0]) === "other" ? [] : all.slice(0, 1)));
const machine = files.filter((file) => /^[^/]+\.(xml|json)$/.test(file));

let browser, places, stop;
before(async () => {
  const [hosted, started] = await Promise.all([host(site), launch()]);
  browser = started;
  stop = hosted.stop;
  const within = pathToFileURL(site + path.sep).href;
  places = [
    { name: "file://", own: within, address: (file) => within + file, options: { within } },
    { name: "http://", own: hosted.url, address: (file) => hosted.url + file.replace(/(^|\/)index\.html$/, "$1"), options: { within, server: hosted.url } },
  ];
});
after(async () => {
  await browser?.close();
  stop?.();
  rmSync(scratch, { recursive: true, force: true });
});

const verdict = (problems) => { if (problems.length) fail(`${problems.length} problems`, problems, 12); };

/** What was noticed since the last time, with where. */
async function noticed(page, where, own) {
  const found = await page.evaluate(scan, own);
  return [...page.noise.splice(0), ...found].map((what) => `${where}: ${what}`);
}

/** Loads pages one after the other, each with a payload in its address wherever a script reads one. */
async function load(place, list, options = {}) {
  const problems = [], outside = [];
  const page = await open(browser, place.address("index.html"), { ...place.options, ...options });
  problems.push(...await noticed(page, "index.html", place.own));
  // A host shows the page for missing addresses at any address; nobody opens the file.
  for (const [n, file] of list.filter((file) => file !== "404.html" || place.options.server).entries()) {
    const payload = encodeURIComponent(payloads[n % payloads.length]);
    const asked = `?hl=${payload}&q=${payload}#${file === "incidents/index.html" ? "q=" : ""}${payload}`;
    await page.goto(place.address(file) + asked);
    problems.push(...await noticed(page, file + asked, place.own));
    outside.push(...(await page.evaluate(away, place.own)).map((link) => ({ file, ...link })));
  }
  await page.context().close();
  return { problems, outside };
}

/** Both cores load. */
async function all(place, list, options) {
  const halves = await Promise.all([0, 1].map((half) => load(place, list.filter((_, n) => n % 2 === half), options)));
  return { problems: halves.flatMap((half) => half.problems), outside: halves.flatMap((half) => half.outside) };
}

test("what is looked at: reports of all payloads, and every kind of page", () => {
  assert.ok(payloads.length >= 300, `${payloads.length} payloads`);
  const incidents = kinds.get("incident").length;
  assert.equal(incidents, reports, `reports that are published: ${said.slice(-2000)}`);
  for (const wanted of ["home", "list", "incident", "brief", "services", "service", "teams", "team", "patterns", "pattern", "actions", "digests",
    "digest of a month", "digest of a quarter", "digest of a year", "search", "metrics", "rules", "rule", "not found"]) {
    assert.ok(kinds.has(wanted), `no page of the kind "${wanted}" among ${[...kinds.keys()]}`);
  }
});

for (const at of [0, 1]) {
  test(`pages, ${["file://", "http://"][at]}`, async (t) => {
    const some = full ? pages : pages.filter((file, n) => kind(file) !== "incident" || n % 2 === at);
    const { problems, outside } = await all(places[at], some);
    t.diagnostic(`${some.length} pages of ${kinds.size} kinds`);
    // A link may lead to another host when it is followed, and then it does that and nothing else.
    const page = await open(browser, places[at].address("index.html"), places[at].options);
    const elsewhere = (url) => !url.href.startsWith(places[at].own);
    await page.route(elsewhere, (route) => route.fulfill({ contentType: "text/html", body: "elsewhere" }));
    const once = [...new Map(outside.map((link) => [link.href, link])).values()].slice(0, LINKS);
    for (const { file, at: place, href } of once) {
      await page.goto(places[at].address(file));
      await page.evaluate((place) => document.links[place].click(), place);
      await page.waitForURL(elsewhere);
      problems.push(...page.noise.splice(0).map((what) => `${file}, ${href}: ${what}`));
    }
    t.diagnostic(`${once.length} links lead to other hosts`);
    await page.context().close();
    verdict(problems);
  });
}

test("pages, and no policy that would stop anything", async () => {
  verdict((await all(places[0], unguarded, { bypassCSP: true })).problems);
});

test("feeds and data, opened in the browser", async () => {
  const page = await open(browser, places[1].address("index.html"), places[1].options);
  const problems = [];
  for (const file of machine) {
    await page.goto(places[1].address(file));
    // Chromium shows XML with styles of its own, which the policy stops.
    problems.push(...page.noise.splice(0).map((what) => `${file}: ${what}`).filter((what) => !/style-src-elem stops inline|Applying inline style/.test(what)));
  }
  await page.context().close();
  verdict(problems);
});

// A browser lets a page change its address 200 times in ten seconds; hence parts of the payloads on each.
test("payloads that are typed, and in the addresses of searches and lists", async () => {
  const problems = [];
  const visit = async (place, file, visitor) => {
    const page = await open(browser, place.address(file), place.options);
    page.setDefaultTimeout(60_000);
    await visitor(page);
    problems.push(...await noticed(page, `${file}, ${place.name}`, place.own));
    await page.context().close();
  };
  const part = (n, of) => payloads.filter((_, at) => at % of === n);
  await Promise.all(places.map((place, n) => visit(place, "metrics/index.html", async (page) => {
    await page.keyboard.press("/");
    await page.locator(".search-dialog[open]").waitFor();
    await page.keyboard.type(payloads[n]);
    await page.evaluate(enter, [".search-dialog [data-field]", part(n, full ? 2 : 12), 15]);
  })));
  await Promise.all(places.flatMap((place, n) => [
    visit(place, "search/index.html", (page) => page.evaluate(enter, ["[data-search-page] [data-field]", part(n + 2, full ? 3 : 12), 25])),
    visit(place, "incidents/index.html", (page) => page.evaluate(fragments, [part(n, full ? 5 : 20), 25])),
  ]));
  const page = await open(browser, places[1].address("search/index.html"), places[1].options);
  for (const payload of part(0, full ? 20 : 40)) {
    await page.goto(`${places[1].address("search/index.html")}?q=${encodeURIComponent(payload)}&sort=${encodeURIComponent(payload)}`);
    await page.waitForTimeout(40);
    problems.push(...await noticed(page, `?q=${payload}`, places[1].own));
  }
  await page.context().close();
  verdict(problems);
});

test("the preview lists findings that hold payloads", async () => {
  const preview = await serve(repository(path.join(scratch, "checked"), { checked: true }).folder, { sound: false });
  const page = await open(browser, preview.url, { server: preview.url });
  await page.locator(".afterword-live li").nth(40).waitFor();
  const problems = await noticed(page, "the preview", preview.url);
  await page.context().close();
  preview.stop();
  // There is no site yet, and the answer says so.
  verdict(problems.filter((what) => !/status of 503/.test(what)));
});

test("what was injected is seen", async () => {
  const problems = [];
  for (const options of [{}, { bypassCSP: true }]) {
    const url = new URL("injected.html", import.meta.url);
    url.search = `?q=${encodeURIComponent("<img src=x onerror=alert(2)>")}`;
    const page = await open(browser, url.href, { within: new URL(".", import.meta.url).href, ...options });
    await page.evaluate(enter, ["[data-field]", ["<img src=x onerror=alert(3)>"], 50]);
    await page.evaluate(fragments, [["<img src=x onerror=alert(4)>"], 50]);
    problems.push(...await noticed(page, options.bypassCSP ? "open" : "closed", new URL(".", import.meta.url).href));
    await page.context().close();
  }
  for (const pattern of [/closed: policy: script-src-attr stops inline/, /closed: policy: script-src-elem stops inline/, /closed: policy: img-src stops https:\/\/evil\.example/,
    /closed: policy: style-src-attr stops inline/, /closed: an attribute: <img src="x" onerror="alert\(2\)"/, /closed: an element: <iframe/,
    /closed: an address: <a href="javascript:/, /closed: a refresh/, /closed: policy: require-trusted-types-for stops trusted-types-sink/,
    /open: policy: nothing: alert\(1\) was called/, /open: policy: nothing: alert\(2\)/, /open: policy: nothing: alert\(3\)/, /open: policy: nothing: alert\(4\)/,
    /open: asks for https:\/\/evil\.example/]) {
    if (!problems.some((problem) => pattern.test(problem))) fail(`${pattern} is not in:`, problems, 40);
  }
});
