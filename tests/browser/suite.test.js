// The site in a real browser. `checks/` holds what is looked at: functions that return problems, one line each; `flows/` what a reader does.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import { launch as launchChrome } from "chrome-launcher";
import { axe, looks } from "./checks/axe.js";
import { skipLink, tabbing } from "./checks/keyboard.js";
import { head, measure, missed, row } from "./checks/lighthouse.js";
import { briefs } from "./checks/brief.js";
import { frame } from "./checks/frame.js";
import { fromDisk, fromServer, links } from "./checks/links.js";
import { paper, pdf } from "./checks/print.js";
import { largeText, overflow } from "./checks/reflow.js";
import { lost, texts } from "./checks/script.js";
import { shifts } from "./checks/shift.js";
import { broken, crawl, different, heavy, unreached, weightRows, weights } from "./checks/tree.js";
import { htmlValidate, nu } from "./checks/validators.js";
import { Findings, fail, table } from "./findings.js";
import { known } from "./known.js";
import { browserFlags, browserPath, build, host, kindOf, launch, measured, onDisk, open, pages, pagesOf, serve, site } from "./lib.js";

/** `AFTERWORD_GATES=full` looks at every page where the everyday run looks at one of each kind. */
const full = process.env.AFTERWORD_GATES === "full";
const minutes = (count) => ({ timeout: count * 60_000 });
const all = pages();
const [server, hosted] = await Promise.all([serve(), host()]);
const browser = await launch();
const scratch = mkdtempSync(path.join(tmpdir(), "afterword-gates-"));
after(async () => {
  server.stop();
  hosted.stop();
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
});

const disk = { name: "file://", within: pathToFileURL(site + path.sep).href, load: fromDisk };
const http = { name: "serve", within: server.url, server: server.url, load: fromServer };
const file = (kind) => all.find((page) => page.kind === kind).file;
const fixture = new URL("fixture/", import.meta.url);
const flows = await Promise.all(readdirSync(new URL("flows/", import.meta.url)).filter((name) => name.endsWith(".js")).sort()
  .map((name) => import(`./flows/${name}`)));

// They run beside the browser; their tests wait for them.
const validating = [["Nu validator", nu], ["html-validate", htmlValidate]].map(([name, check]) => {
  const found = check(site);
  found.catch(() => {});
  return [name, found];
});

async function everything(name, url, { within, server, load }) {
  const page = await open(browser, url, { server });
  const findings = new Findings(name);
  findings.add("layout", await shifts(page));
  if (await page.evaluate(() => document.scripts.length)) {
    const without = await open(browser, url, { server, javaScriptEnabled: false });
    findings.add("no JavaScript", lost(await texts(page), await texts(without)));
    await without.context().close();
  }
  findings.add("links", await links(page, within, load));
  for (const look of Object.keys(looks)) findings.add("axe", await axe(page, look));
  findings.add("reflow", await overflow(page, [320, 390, 768, 1280]));
  findings.add("skip link", await skipLink(page));
  findings.add("Tab", await tabbing(page));
  findings.add("paper", await paper(page));
  await page.emulateMedia({ media: null });
  findings.add("large text", await largeText(page));
  findings.add("quiet", page.noise);
  await page.context().close();
  findings.verdict();
}

/** What the script of the search makes: the page with results, and the dialog over another page. */
async function searching(where) {
  const page = await open(browser, where === "dialog" ? onDisk(file("pattern")) : `${onDisk(file("search"))}?q=database`);
  const findings = new Findings(`search, ${where}`);
  if (where === "dialog") {
    await page.keyboard.press("/");
    await page.keyboard.type("database");
  }
  await page.locator("mark").first().waitFor();
  await page.waitForTimeout(800); // the number of results is said late
  for (const look of Object.keys(looks)) findings.add("axe", await axe(page, look));
  findings.add("reflow", await overflow(page, [320, 390]));
  findings.add("quiet", page.noise);
  await page.context().close();
  findings.verdict();
}

/** Whatever the length of its report, a brief prints on one sheet. */
async function everyBrief() {
  const findings = new Findings("briefs");
  const page = await open(browser, onDisk(file("brief")));
  findings.add("sheets", await briefs(page, pagesOf("incident").map((file) => onDisk(file.replace("index.html", "brief/index.html")))));
  await page.context().close();
  findings.verdict();
}

/** Reports hold what people paste: each of them, at the smallest width. */
async function everyIncident() {
  const findings = new Findings("incidents");
  const page = await open(browser, onDisk(file("incident")), { javaScriptEnabled: false });
  for (const file of pagesOf("incident")) {
    await page.goto(onDisk(file));
    findings.add(file, await overflow(page, [320]));
  }
  await page.context().close();
  findings.verdict();
}

const crawled = (half) => [...crawl(site).pages.keys()].filter((file, index) => file !== "404.html" && index % 2 === half);

/** Part of the pages of the whole site: what may go wrong on one page of a kind and not on another. */
async function everyPage(files) {
  const page = await open(browser, onDisk(files[0]));
  page.setDefaultTimeout(60_000);
  const fresh = [];
  for (const file of files) {
    await page.goto(onDisk(file));
    const findings = new Findings(file);
    findings.add("layout", await shifts(page));
    for (const look of ["light", "320 px"]) findings.add("axe", await axe(page, look));
    findings.add("reflow", await overflow(page, [320]));
    findings.add("quiet", page.noise.splice(0));
    fresh.push(...findings.fresh.map((problem) => `${file}: ${problem}`));
  }
  await page.context().close();
  if (fresh.length) fail(`${fresh.length} problems`, fresh, 20);
}

const jobs = [
  // 404.html is looked at over the server only: a host shows it at any address, nobody opens the file.
  ...all.filter(({ kind }) => kind !== "not found").map(({ kind, file }) => [kind, onDisk(file), file, disk]),
  ...["home", "incident", "not found"].map((kind) => [kind, server.url + file(kind), file(kind), http]),
];

test("a page of each kind", { concurrency: 2, ...minutes(full ? 120 : 20) }, (t) =>
  Promise.all([
    ...jobs.map(([kind, url, file, where]) => {
      const name = `${kind}, ${where.name} (${file})`;
      return t.test(name, () => everything(name, url, where));
    }),
    t.test("every incident at 320 px", everyIncident),
    ...["with results", "dialog"].map((where) => t.test(`search, ${where}`, () => searching(where))),
    ...(full ? [0, 1].map((half) => t.test(`every page, part ${half + 1}`, () => everyPage(crawled(half)))) : []),
    t.test("every brief on one sheet", everyBrief),
  ]));

test("every page", minutes(10), async (t) => {
  const tree = crawl(site);
  const check = (name, problems) => t.test(name, async () => {
    const findings = new Findings("site");
    findings.add(name, await problems);
    findings.verdict();
  });
  await check("links and anchors", broken(tree));
  await check("reached", unreached(tree));
  const bytes = weights(tree);
  for (const line of table(weightRows(bytes, kindOf))) t.diagnostic(line);
  await check("weight", heavy(bytes));
  for (const [name, found] of validating) await check(name, found);
});

test("two builds give the same bytes", minutes(10), () => {
  const day = String(Math.floor(Date.now() / 1000));
  const first = build(path.join(scratch, "first"), { SOURCE_DATE_EPOCH: day, TZ: "Pacific/Auckland", LC_ALL: "C" }, "--jobs", "1");
  const second = build(path.join(scratch, "second"), { SOURCE_DATE_EPOCH: day, TZ: "America/Los_Angeles", LC_ALL: "C.UTF-8" }, "--jobs", "4");
  const findings = new Findings("two builds");
  findings.add("two builds", different(first, second));
  findings.verdict();
});

const places = [
  { name: "file://", address: (kind) => onDisk(file(kind)) },
  { name: "http://", server: hosted.url, address: (kind) => hosted.url + file(kind).replace(/index\.html$/, "") },
].map((place) => ({ ...place, kinds: all.map(({ kind }) => kind).filter((kind) => kind !== "not found") }));

test("flows", { concurrency: 2, ...minutes(10) }, (t) =>
  Promise.all(flows.flatMap((flow) => places.map((place) => t.test(`${flow.name}, ${place.name}`, async () => {
    const findings = new Findings(flow.name);
    const page = await open(browser, place.address("home"), { server: place.server });
    findings.add(`${flow.name}, ${place.name}`, await flow.default(page, place));
    findings.add("quiet", page.noise);
    await page.context().close();
    findings.verdict();
  })))));

test("the frame with scripts", async () => {
  const findings = new Findings("incident");
  const page = await open(browser, onDisk(file("incident")), { timezoneId: "Asia/Tokyo" });
  findings.add("frame", await frame(page));
  findings.add("quiet", page.noise.filter((what) => !what.includes("net::ERR_ABORTED"))); // left before all was there
  await page.context().close();
  findings.verdict();
});

/** How many sheets of A4 a kind of page takes, at least and at most. */
const sheets = { incident: [1, 40], brief: [1, 1], "digest of a month": [1, 6], "digest of a quarter": [1, 8], "digest of a year": [1, 20] };

test("PDF on A4", minutes(10), async (t) => {
  for (const [kind, [least, most]] of Object.entries(sheets)) {
    const files = all.filter((page) => page.kind === kind).map(({ file }) => file);
    if (!files.length) t.diagnostic(`the site has no page of the kind "${kind}"`);
    for (const name of files) {
      const findings = new Findings(name);
      const page = await open(browser, onDisk(name));
      const { pages, kilobytes, sources, printed, problems } = await pdf(page);
      if (name === files[0]) t.diagnostic(`${name}: ${pages} pages of A4, ${kilobytes} KB; addresses printed of ${printed} of ${sources} external links`);
      if (pages < least || pages > most) problems.push(`${pages} pages, not ${least === most ? least : `${least} to ${most}`}`);
      findings.add("PDF", problems);
      await page.context().close();
      findings.verdict();
    }
  }
});

test("404 at a deep address", minutes(10), async () => {
  for (const address of ["a/b/c", "incidents/no-such-report/"]) {
    const findings = new Findings(`/${address}`);
    const page = await open(browser, server.url + address, http);
    assert.equal(page.response.status(), 404);
    assert.ok((await page.locator("main h1").textContent()).trim(), "the page has a heading");
    const itself = "console error: Failed to load resource: the server responded with a status of 404 (Not Found)";
    findings.add("deep address", page.noise.filter((what) => what !== itself));
    findings.add("deep address", await links(page, server.url, fromServer));
    await page.context().close();
    findings.verdict();
  }
});

/** A small site with the faults that show only in files: too heavy, not linked, not valid, not the same as another. */
function faultySite() {
  const folder = path.join(scratch, "faulty");
  cpSync(fixture, folder, { recursive: true });
  appendFileSync(path.join(folder, "faulty.html"), "<!-- built again -->");
  const noise = (bytes) => Array.from({ length: bytes / 32 }, (_, index) => createHash("sha256").update(String(index)).digest("base64")).join(" ");
  writeFileSync(path.join(folder, "heavy.js"), `// ${noise(20_000)}`);
  writeFileSync(path.join(folder, "alone.html"), `<!doctype html><html lang="en"><title>Alone</title><script src="heavy.js"></script>
    <p id="twice">${noise(30_000)}<p id="twice">`);
  return folder;
}

test("the checks see faults", minutes(10), async (t) => {
  const url = new URL("faulty.html", fixture).href;
  const within = fixture.href;
  const page = await open(browser, url, { within });
  const without = await open(browser, url, { within, javaScriptEnabled: false });
  const expect = (check, problems, ...patterns) => t.test(check, () => {
    for (const pattern of patterns) if (!problems.some((problem) => pattern.test(problem))) fail(`${pattern} is not in:`, problems, 20);
  });
  await expect("layout", await shifts(page), /shifts by 0\.\d+: .*/);
  await expect("quiet", page.noise, /example\.com\/pixel\.png, which is not of the site/, /an error of the page/, /policy: img-src stops file/);
  await expect("no JavaScript", lost(await texts(page), await texts(without)), /Only with JavaScript/);
  await expect("links", await links(page, within, fromDisk), /nowhere\.html/, /#nothing/, /leads out of the site/);
  await expect("axe", await axe(page, "light"), /color-contrast/, /html-has-lang/, /region at/);
  await expect("axe, dark", await axe(page, "dark"), /dark: color-contrast at \.dark/);
  await expect("axe, 320 px", await axe(page, "320 px"), /320 px: target-size at .*close/);
  await expect("axe, forced colors", await axe(page, "forced colors"), /forced colors: color-contrast at \.forced/);
  await expect("reflow", await overflow(page, [320]), /320 px: the document is 9\d\d px wide; <p class="wide">/);
  await expect("skip link", await skipLink(page), /not to be seen/);
  await expect("Tab", await tabbing(page), /shows no focus/, /Tab never reaches .*after the trap/);
  await expect("paper", await paper(page), /"Navigation" is printed/, /class="">? is printed in #bbbbbb/, /class="box"> is cut off/, /p\.key::before is a background/);
  await expect("PDF", (await pdf(page, { tagged: false })).problems, /holds only "Alone"/, /ends with the heading "Below"/, /words of the page are on no sheet: .*clipped/, /not tagged/);
  await expect("large text", await largeText(page), /640 px with text at 200 %: the document is/);
  for (const flow of flows) {
    const place = { name: "file://", kinds: ["home"], address: () => url };
    await expect(flow.name, await flow.default(page, place).catch(({ message }) => [message]), /./);
  }
  await page.context().close();
  await without.context().close();

  const folder = faultySite();
  const tree = crawl(folder);
  await expect("links and anchors", broken(tree), /nowhere\.html/, /"#nothing"/, /"\/etc\/hostname" leads/);
  await expect("reached", unreached(tree, "faulty.html"), /no link leads to alone\.html/);
  await expect("weight", heavy(weights(tree)), /alone\.html: \d+\.\d KB of html/, /alone\.html: \d+\.\d KB of scripts/);
  await expect("two builds", different(folder, fixture.pathname), /alone\.html is only in one/, /faulty\.html differs/);
  await expect("Nu validator", await nu(folder), /Duplicate ID “twice”/);
  await expect("html-validate", await htmlValidate(folder), /no-dup-id/);
});

// Last and alone, so that nothing else takes its time.
test("Lighthouse", minutes(full ? 120 : 20), async (t) => {
  const chrome = await launchChrome({ chromePath: browserPath(), chromeFlags: browserFlags, logLevel: "silent" });
  t.after(() => chrome.kill());
  const rows = [head];
  for (const { kind, file } of all.filter(({ kind }) => (full ? kind !== "not found" : measured.includes(kind)))) {
    await t.test(`${kind} (${file})`, async () => {
      const address = hosted.url + file.replace(/index\.html$/, "");
      const [desktop, mobile] = [await measure(address, chrome.port, "desktop", full), await measure(address, chrome.port, "mobile", full)];
      rows.push(row(kind, desktop, mobile));
      const findings = new Findings(file);
      findings.add("Lighthouse", [...missed(desktop.lhr), ...missed(mobile.lhr)]);
      findings.verdict();
    });
  }
  for (const line of table(rows)) t.diagnostic(line);
});

test("known faults", async (t) => {
  for (const { problem, reason, seen } of known) {
    if (seen) await t.test(reason, { todo: true }, () => fail(`${seen.length} times`, seen, 1));
    else t.diagnostic(`not seen any more, delete it in known.js: ${problem}`);
  }
});
