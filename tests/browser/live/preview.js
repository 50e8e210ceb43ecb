// A generated repository under `afterword serve`, and a browser that looks at it.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bin, launch } from "../lib.js";

/** Changes a file as an editor does. */
export const edit = (file, change) => writeFileSync(file, change(readFileSync(file, "utf8")));

/** Resolves with the time at which a page showed what it is by now, because of a change: in its place, or loaded again. Called before the change. */
export async function waitForReload(page) {
  const since = Date.now();
  const shown = (since) => Number(document.documentElement.dataset.reloaded) > since && Number(document.documentElement.dataset.reloaded);
  for (;;) {
    try {
      return await (await page.waitForFunction(shown, since, { timeout: 60_000, polling: 20 })).jsonValue();
    } catch (error) {
      if (!/navigat|destroyed/.test(error.message)) throw error;
    }
  }
}

const SITE = `title = "Live"

[severities.sev2]
name = "Serious"
sections = ["summary"]

[services.checkout]
name = "Checkout"
`;

const report = (n) => {
  const day = `2024-${String(1 + (n % 12)).padStart(2, "0")}-${String(1 + (n % 28)).padStart(2, "0")}`;
  const words = (count) => `The service answered slowly while the cache was filled again, part ${n}. `.repeat(count);
  return [day, `---
title: Cache of service ${n} was emptied
severity: sev2
services: [checkout]
started_at: ${day}T10:00:00Z
detected_at: ${day}T10:06:00Z
mitigated_at: ${day}T11:00:00Z
resolved_at: ${day}T12:00:00Z
recovery:
  - { action: filled the cache, mode: manual, outcome: worked }
---

## Summary

${words(12)}

## Impact

${words(60)}

## Contributing factors

${words(40)}

## Response

${words(6)}

## Action items

${words(60)}
`];
};

/** Serves so many reports, or a folder that is there, and opens a browser. */
export async function preview(reports, folder) {
  const root = folder ?? mkdtempSync(path.join(tmpdir(), "afterword-live-"));
  if (!folder) {
    mkdirSync(path.join(root, "reports"));
    writeFileSync(path.join(root, "site.toml"), SITE);
    for (let n = 0; n < reports; n += 1) {
      const [day, text] = report(n);
      writeFileSync(path.join(root, "reports", `${day}-cache-${n}.md`), text);
    }
  }
  const program = spawn(bin, ["--root", root, "serve", "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const waiting = [];
  program.stderr.on("data", (text) => {
    said += text;
    if (/shown as now written/.test(text)) waiting.splice(0).forEach((done) => done());
  });
  const address = await new Promise((found, failed) => {
    const look = setInterval(() => {
      const at = said.match(/(http:\/\/127\.0\.0\.1:\d+\/) shows/);
      if (at) { clearInterval(look); found(at[1]); }
    }, 20);
    program.on("exit", () => failed(new Error(`the preview ended: ${said}`)));
  });
  const browser = await launch();
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1280, height: 800 } });
  const all = readdirSync(path.join(root, "reports"), { recursive: true }).filter((file) => /\d{4}-.*\.md$/.test(file)).sort();
  const file = path.join(root, "reports", all[Math.floor(all.length / 2)]);
  return {
    address, context, file, root,
    id: path.basename(file, ".md"),
    page: await context.newPage(),
    built: () => new Promise((done) => waiting.push(done)),
    end: async () => {
      await browser.close();
      program.removeAllListeners("exit");
      program.kill();
      if (!folder) rmSync(root, { recursive: true, force: true });
    },
  };
}
