// How long it takes from a letter until its results are drawn: `npm run typing -- SITE`, with the words of its own reports.
import { readFileSync } from "node:fs";
import path from "node:path";
import { host, launch, open } from "../lib.js";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: npm run typing -- SITE; `afterword build --out SITE` writes one");
  process.exit(2);
}
const { reports } = JSON.parse(readFileSync(path.join(folder, "reports.json"), "utf8"));
const every = Math.max(1, Math.floor(reports.length / 6));
const titles = reports.filter((_, at) => at % every === 0).slice(0, 6).map(({ title }) => title.split(/\s+/).slice(0, 3).join(" "));
const queries = [...titles, "database failover", "connection timeout", "deploy rollback"];

const { url, stop } = await host(folder);
const browser = await launch();
const page = await open(browser, url, { server: url });
await page.keyboard.press("/");
await page.locator(".search-dialog[open] [data-field]").waitFor();
await page.evaluate(() => {
  const part = (name) => document.querySelector(`.search-dialog [data-${name}]`), field = part("field");
  let from = 0;
  window.taken = [];
  field.addEventListener("input", () => (from = performance.now()), true);
  const drawn = new MutationObserver(() => {
    if (!from) return;
    const begun = from;
    from = 0;
    requestAnimationFrame(() => setTimeout(() => window.taken.push(performance.now() - begun)));
  });
  for (const name of ["results", "note"]) drawn.observe(part(name), { childList: true });
});
/** Types a query letter by letter and gives what each letter took. */
async function type(text) {
  const all = [];
  await page.locator(".search-dialog [data-field]").fill("");
  await page.waitForTimeout(150);
  for (const letter of text) {
    await page.evaluate(() => (window.taken = []));
    await page.keyboard.type(letter);
    await page.waitForFunction(() => window.taken.length, undefined, { polling: 5 });
    all.push(await page.evaluate(() => window.taken.at(-1)));
  }
  return all;
}
const rounds = { "first time": [], "shards there": [] };
for (const query of queries) for (const round of Object.keys(rounds)) rounds[round].push(...(await type(query)));
await browser.close();
stop();
console.log(`${reports.length} reports, ${queries.length} queries, from the letter to the drawn results`);
for (const [round, taken] of Object.entries(rounds)) {
  taken.sort((a, b) => a - b);
  const at = (share) => Math.round(taken[Math.min(taken.length - 1, Math.floor(share * taken.length))]);
  console.log(`${round.padEnd(12)} n ${taken.length}, median ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`);
}
