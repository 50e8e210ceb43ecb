// The search in Chromium, by keyboard, over http and from files: opens, finds, leads to the section, marks the words.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, onDisk, open, site } from "../lib.js";

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
let browser, server, http;
before(async () => {
  browser = await launch();
  server = createServer((request, response) => {
    const file = path.join(site, decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (!file.startsWith(site) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[path.extname(file)] ?? "text/plain" }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  http = `http://127.0.0.1:${server.address().port}/`;
});
after(async () => {
  await browser?.close();
  server?.close();
});

const places = () => ({ "http": (file) => http + file, "file": (file) => onDisk(file.split("?")[0]) + (file.includes("?") ? "?" + file.split("?")[1] : "") });
const at = (name, file, options) => open(browser, places()[name](file), { server: http, ...options });
const first = (page) => page.locator(".search-dialog [role=option]").first();

for (const name of ["http", "file"]) {
  test(`${name}: slash, words, arrow, Enter: the section, with the words marked`, async () => {
    const page = await at(name, "metrics/index.html");
    await page.keyboard.press("/");
    await page.locator(".search-dialog[open]").waitFor();
    await page.keyboard.type("consul streaming");
    // Each letter has results of its own; the number is said when they rest.
    await page.locator("[role=status]", { hasText: "1 report" }).first().waitFor({ state: "attached" });
    await first(page).waitFor();
    assert.match(await first(page).textContent(), /Consul contention/);
    const field = page.locator(".search-dialog [data-field]");
    const active = () => field.getAttribute("aria-activedescendant");
    const before = await active();
    assert.equal(await page.locator(`#${before}`).getAttribute("aria-selected"), "true");
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await active(), before);
    const href = await page.locator(`#${await active()}`).getAttribute("href");
    assert.match(href, /#h-/);
    assert.ok((await page.locator(".search-dialog mark").count()) > 2);
    await page.keyboard.press("Enter");
    await page.waitForURL(/roblox-consul.*hl=.*#h-/);
    await page.locator("main mark").first().waitFor();
    const marks = await page.locator("main mark").allTextContents();
    assert.ok(marks.some((word) => /consul/i.test(word)) && marks.some((word) => /streaming/i.test(word)), marks.join(" "));
    const anchor = new URL(page.url()).hash.slice(1);
    const top = await page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, anchor);
    assert.ok(top >= -2 && top < 900, `the heading is at ${top}`);
    assert.deepEqual(page.noise, []);
    await page.context().close();
  });

  test(`${name}: the page of results narrows, sorts and keeps its address`, async () => {
    const page = await at(name, "search/index.html?q=dns");
    await page.locator("[data-results] > li").first().waitFor();
    const count = async () => (await page.locator("[data-results] .search-title").count());
    const all = await count();
    assert.ok(all > 3);
    const facet = page.locator(".search-facets a", { hasText: "sev1" }).first();
    await facet.click();
    await page.locator(".search-facets a[aria-current]").waitFor();
    assert.match(await page.locator("[data-search-page] [data-field]").inputValue(), /severity:sev1/);
    await page.locator("[data-sort]").selectOption("date");
    await page.waitForFunction(() => {
      const days = [...document.querySelectorAll("[data-results] .search-facts")].map((facts) => Date.parse(facts.textContent.split(" · ")[1]));
      return days.length > 1 && days.every((day, i) => !i || day <= days[i - 1]);
    });
    if (name === "http") assert.match(page.url(), /q=dns.*severity.*sort=date/);
    assert.deepEqual(page.noise, []);
    await page.context().close();
  });
}

test("Ctrl-K opens, Escape closes and gives the focus back; recent searches can be turned off", async () => {
  const page = await at("http", "index.html");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dns");
  await first(page).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/incidents/);
  await page.keyboard.press("/");
  await page.locator(".search-dialog [role=option]", { hasText: "dns" }).waitFor();
  await page.locator("[data-keep]").uncheck();
  await page.locator(".search-dialog [role=option]").first().waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.locator(".search-dialog[open]").waitFor({ state: "detached" });
  await page.reload();
  await page.keyboard.press("/");
  await page.locator(".search-dialog[open]").waitFor();
  assert.equal(await page.locator("[data-keep]").isChecked(), false);
  assert.deepEqual(page.noise, []);
  await page.context().close();
});

test("typing in the field of the head opens the dialog with what was typed", async () => {
  const page = await at("http", "index.html");
  await page.locator("form.search input").focus();
  await page.keyboard.type("r");
  await page.locator(".search-dialog[open]").waitFor();
  await page.keyboard.type("oblox");
  await page.waitForFunction(() => document.querySelector(".search-dialog [data-field]").value === "roblox");
  await first(page).filter({ hasText: "Consul" }).waitFor();
  await page.context().close();
});

test("words that are in no report are named, and others offered", async () => {
  const page = await at("http", "search/index.html?q=xyzzyq");
  await page.locator("[data-note]", { hasText: "xyzzyq" }).waitFor();
  await page.locator("[data-note] a[href*='patterns/']").first().waitFor();
  await page.locator("[data-field]").last().fill("certifiacte outage");
  await page.locator("[data-note]", { hasText: "Instead of certifiacte" }).waitFor();
  assert.deepEqual(page.noise, []);
  await page.context().close();
});

test("without JavaScript the form leads to a page that leads to the lists", async () => {
  const page = await at("http", "index.html", { javaScriptEnabled: false });
  await page.locator("form.search input").fill("dns");
  await page.locator("form.search button").click();
  await page.waitForURL(/search\/index\.html\?q=dns/);
  await page.locator("main noscript a, main a[href$='incidents/index.html']").first().waitFor({ state: "attached" });
  assert.match(await page.locator("main").innerText(), /JavaScript/);
  await page.context().close();
});

test("no script of another folder can be loaded", async () => {
  const page = await at("http", "index.html");
  const refused = await page.evaluate(() => {
    const element = document.createElement("script");
    try {
      element.src = "/static/other.js";
      return false;
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(refused, "TypeError");
  await page.context().close();
});
