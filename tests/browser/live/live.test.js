// The preview in a real browser: a saved report is on the page that is open, where it was read; mistakes are listed over the last good site; many tabs
// do not freeze it. `node live/measure.mjs` measures how long a save takes.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { edit, preview, waitForReload } from "./preview.js";

let running;
before(async () => { running = await preview(40); });
after(() => running?.end());

test("a saved report is read where it was read before", async () => {
  const { page, address, file } = running;
  await page.goto(`${address}incidents/${running.id}/`);
  await page.evaluate(() => document.querySelector("#action-items, main h2:last-of-type").scrollIntoView({ behavior: "instant" }));
  await page.evaluate(() => scrollBy({ top: -20, behavior: "instant" }));
  const top = () => page.evaluate(() => [...document.querySelectorAll("main h2")].at(-1).getBoundingClientRect().top);
  const where = await top();
  const reload = waitForReload(page);
  edit(file, (text) => text.replace("## Summary\n\n", `## Summary\n\n${"A paragraph above. ".repeat(60)}\n\n`));
  await reload;
  assert.match(await page.textContent("main"), /A paragraph above/);
  assert.ok(Math.abs((await top()) - where) <= 4, `the heading was at ${where} and is at ${await top()}`);
});

test("what changed is put into the open page, which its scripts prepare again", async () => {
  const { page, address, file } = running;
  await page.goto(`${address}incidents/${running.id}/`);
  await page.evaluate(() => {
    window.stays = true;
    document.querySelector("main details").open = true;
  });
  const opened = () => page.evaluate(() => [...document.querySelectorAll("main details")].map((details) => details.open));
  const before = await opened();
  const reload = waitForReload(page);
  edit(file, (text) => text.replace(/^title: .*$/m, "title: Told anew").replace("## Impact\n", "## Impact\n\n```\nto be copied\n```\n"));
  await reload;
  assert.equal(await page.evaluate(() => window.stays), true, "the document was loaded again");
  assert.match(await page.title(), /^Told anew/);
  assert.equal(await page.textContent("h1"), "Told anew");
  assert.equal(await page.locator("main .code button").count(), 1);
  assert.deepEqual(await opened(), before);
  assert.ok(before.includes(true));
});

test("a page whose frame changed, or that a script holds, is loaded again", async () => {
  const { page, address, file, root } = running;
  const again = async (url, change, shown) => {
    await page.goto(url);
    await page.evaluate(() => { window.stays = true; });
    const reload = waitForReload(page);
    change();
    await reload;
    assert.equal(await page.evaluate(() => window.stays), undefined);
    assert.match(await page.textContent("body"), shown);
  };
  await again(`${address}incidents/${running.id}/`, () => edit(path.join(root, "site.toml"), (text) => text.replace("Live", "Other name")), /Other name/);
  await again(`${address}incidents/`, () => edit(file, (text) => text.replace(/^title: .*$/m, "title: In the list")), /In the list/);
});

test("mistakes are listed over the last good site, and go when they are mended", async () => {
  const { page, address, file } = running;
  await page.goto(`${address}incidents/${running.id}/`);
  const title = await page.textContent("h1");
  edit(file, (text) => text.replace(/^severity: .*$/m, "severity: <img src=x onerror=alert(1)>"));
  const panel = page.locator(".afterword-live.failed");
  await panel.waitFor();
  assert.equal(await page.textContent("h1"), title);
  assert.match(await panel.textContent(), /AW\d+ .*\.md:\d+:\d+/);
  assert.equal(await panel.locator("img").count(), 0);
  await page.keyboard.press("Escape");
  assert.equal(await panel.count(), 0);
  await page.reload();
  await panel.waitFor();
  edit(file, (text) => text.replace(/^severity: .*$/m, "severity: sev2"));
  await page.waitForFunction(() => !document.querySelector(".afterword-live.failed"));
});

test("a page that did not change stays as it is", async () => {
  const { page, address, file } = running;
  await page.goto(`${address}rules/`);
  await page.evaluate(() => { window.stays = true; });
  edit(file, (text) => `${text}\nA last line.\n`);
  await running.built();
  await page.waitForTimeout(600);
  assert.equal(await page.evaluate(() => window.stays), true);
});

test("nine tabs are all told, and none freezes the others", async () => {
  const { context, address, file } = running;
  const tabs = [];
  for (let count = 0; count < 9; count += 1) {
    const tab = await context.newPage();
    await tab.goto(`${address}incidents/${running.id}/`, { timeout: 5000 });
    tabs.push(tab);
  }
  const reloads = tabs.map((tab) => waitForReload(tab));
  edit(file, (text) => text.replace("## Impact\n", "## Impact\n\nTold to all tabs.\n"));
  await Promise.all(reloads);
  for (const tab of tabs) {
    assert.match(await tab.textContent("main"), /Told to all tabs/);
    await tab.close();
  }
});
