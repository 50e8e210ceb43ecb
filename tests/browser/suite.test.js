// The site in a real browser. `checks/` holds what is looked at: functions that return problems, one line each.
import assert from "node:assert/strict";
import path from "node:path";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import { axe } from "./checks/axe.js";
import { briefs } from "./checks/brief.js";
import { skipLink, tabbing } from "./checks/keyboard.js";
import { frame } from "./checks/frame.js";
import { fromDisk, fromServer, links } from "./checks/links.js";
import { paper, pdf } from "./checks/print.js";
import { largeText, overflow } from "./checks/reflow.js";
import { filter, lost, texts } from "./checks/script.js";
import { known } from "./known.js";
import { incidents, launch, onDisk, open, pages, serve, site } from "./lib.js";

const all = pages();
const server = await serve();
const browser = await launch();
after(async () => {
  server.stop();
  await browser.close();
});

const disk = { name: "file://", within: pathToFileURL(site + path.sep).href, load: fromDisk };
const http = { name: "serve", within: server.url, server: server.url, load: fromServer };
const file = (kind) => all.find((page) => page.kind === kind).file;

/** The problems of one page, each with the check that found it. Known ones are set aside; `verdict` fails with the rest. */
class Findings {
  fresh = [];
  constructor(page) {
    this.page = page;
  }
  add(check, problems) {
    for (const line of problems.map((problem) => `${check}: ${problem}`)) {
      const fault = known.find(({ problem }) => problem.test(line));
      if (fault) (fault.seen ??= []).push(`${this.page}: ${line}`);
      else this.fresh.push(line);
    }
  }
  verdict() {
    if (this.fresh.length) fail(`${this.page}: ${this.fresh.length} problems`, this.fresh, 12);
  }
}

function fail(title, lines, most) {
  const rest = lines.length - most;
  const error = new Error(`${title}\n  ${lines.slice(0, most).map((line) => line.slice(0, 320)).join("\n  ")}${rest > 0 ? `\n  and ${rest} more` : ""}`);
  error.stack = error.message;
  throw error;
}

async function everything(name, url, { within, server, load }) {
  const page = await open(browser, url, { server });
  const findings = new Findings(name);
  if (await page.evaluate(() => document.scripts.length)) {
    const without = await open(browser, url, { server, javaScriptEnabled: false });
    findings.add("no JavaScript", lost(await texts(page), await texts(without)));
    await without.context().close();
  }
  findings.add("links", await links(page, within, load));
  findings.add("axe", await axe(page, "light", 1280));
  findings.add("axe", await axe(page, "dark", 1280, ["color-contrast", "link-in-text-block"])); // all that colors change
  findings.add("axe", await axe(page, "light", 390, ["target-size", "scrollable-region-focusable"]));
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

/** Whatever the length of its report, a brief prints on one sheet. */
async function everyBrief() {
  const findings = new Findings("briefs");
  const page = await open(browser, onDisk(file("brief")));
  findings.add("sheets", await briefs(page, incidents().map((file) => onDisk(file.replace("index.html", "brief/index.html")))));
  await page.context().close();
  findings.verdict();
}

/** Reports hold what people paste: each of them, at the smallest width. */
async function everyIncident() {
  const findings = new Findings("incidents");
  const page = await open(browser, onDisk(file("incident")), { javaScriptEnabled: false });
  for (const file of incidents()) {
    await page.goto(onDisk(file));
    findings.add(file, await overflow(page, [320]));
  }
  await page.context().close();
  findings.verdict();
}

const jobs = [
  // 404.html is looked at over the server only: a host shows it at any address, nobody opens the file.
  ...all.filter(({ kind }) => kind !== "not found").map(({ kind, file }) => [kind, onDisk(file), file, disk]),
  ...["home", "incident", "not found"].map((kind) => [kind, server.url + file(kind), file(kind), http]),
];

test("a page of each kind", { concurrency: 2 }, (t) =>
  Promise.all([
    ...jobs.map(([kind, url, file, where]) => {
      const name = `${kind}, ${where.name} (${file})`;
      return t.test(name, () => everything(name, url, where));
    }),
    t.test("every incident at 320 px", everyIncident),
    t.test("every brief on one sheet", everyBrief),
  ]));

test("the filter of the list", { concurrency: 2 }, (t) =>
  Promise.all([disk, http].map((where) => t.test(where.name, async () => {
    const findings = new Findings("list");
    const page = await open(browser, where === disk ? onDisk(file("list")) : `${server.url}incidents/`, where);
    findings.add(`filter, ${where.name}`, await filter(page));
    await page.context().close();
    findings.verdict();
  }))));

test("the frame with scripts", async () => {
  const findings = new Findings("incident");
  const page = await open(browser, onDisk(file("incident")), { timezoneId: "Asia/Tokyo" });
  findings.add("frame", await frame(page));
  findings.add("quiet", page.noise.filter((what) => !what.includes("net::ERR_ABORTED"))); // left before all was there
  await page.context().close();
  findings.verdict();
});

test("PDF on A4", async (t) => {
  for (const kind of ["incident", "digest of a year"]) {
    const page = await open(browser, onDisk(file(kind)));
    const { pages, kilobytes, tagged, sources, printed } = await pdf(page);
    t.diagnostic(`${file(kind)}: ${pages} pages of A4, ${kilobytes} KB; addresses printed of ${printed} of ${sources} external links`);
    assert.ok(pages >= 1 && pages <= 40, `${file(kind)} has ${pages} pages`);
    assert.ok(tagged, `the PDF of ${file(kind)} is not tagged, so a screen reader finds no structure in it`);
    assert.ok(printed === 0 || printed === sources, `${file(kind)} prints the addresses of ${printed} of ${sources} external links`);
    await page.context().close();
  }
});

test("404 at a deep address", async () => {
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

test("the checks see faults", async (t) => {
  const fixture = new URL("fixture/", import.meta.url).href;
  const url = `${fixture}faulty.html`;
  const page = await open(browser, url, { within: fixture });
  const without = await open(browser, url, { within: fixture, javaScriptEnabled: false });
  const expect = (check, problems, ...patterns) => t.test(check, () => {
    for (const pattern of patterns) if (!problems.some((problem) => pattern.test(problem))) fail(`${pattern} is not in:`, problems, 20);
  });
  await expect("quiet", page.noise, /example\.com\/pixel\.png, which is not of the site/, /an error of the page/);
  await expect("no JavaScript", lost(await texts(page), await texts(without)), /Only with JavaScript/);
  await expect("links", await links(page, fixture, fromDisk), /nowhere\.html/, /#nothing/, /leads out of the site/);
  await expect("axe", await axe(page, "light", 1280), /color-contrast/, /html-has-lang/);
  await expect("reflow", await overflow(page, [320]), /320 px: the document is 9\d\d px wide; <p class="wide">/);
  await expect("skip link", await skipLink(page), /not to be seen/);
  await expect("Tab", await tabbing(page), /shows no focus/, /Tab never reaches .*after the trap/);
  await expect("paper", await paper(page), /"Navigation" is printed/, /class="">? is printed in #bbbbbb/, /class="box"> is cut off/, /p\.key::before is a background/);
  await expect("filter", await filter(page), /no field/);
  await expect("large text", await largeText(page), /640 px with text at 200 %: the document is/);
  await page.context().close();
  await without.context().close();
});

test("known faults", async (t) => {
  for (const { problem, reason, seen } of known) {
    if (seen) await t.test(reason, { todo: true }, () => fail(`${seen.length} times`, seen, 1));
    else t.diagnostic(`not seen any more, delete it in known.js: ${problem}`);
  }
});
