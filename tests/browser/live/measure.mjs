// How long it takes from the write of a report until the load event of the page as now written, by the machine's clock: `npm run live -- FOLDER [SAVES]`.
import { edit, preview, waitForReload } from "./preview.js";

const [folder, saves = "15"] = process.argv.slice(2);
if (!folder) {
  console.error("usage: npm run live -- FOLDER [SAVES]; `cargo run --release --example corpus` writes a folder");
  process.exit(2);
}
const running = await preview(0, folder);
const taken = [];
for (let save = 0; save < Number(saves); save += 1) {
  await running.page.goto(`${running.address}incidents/${running.id}/`);
  await running.page.waitForTimeout(400);
  const reload = waitForReload(running.page);
  const from = Date.now();
  edit(running.file, (text) => text.replace(/## Summary\n\n(Saved \d+\. )?/, `## Summary\n\nSaved ${save}. `));
  await reload;
  taken.push((await running.page.evaluate(() => Number(document.documentElement.dataset.reloaded))) - from);
}
edit(running.file, (text) => text.replace(/Saved \d+\. /, ""));
await running.end();
taken.sort((a, b) => a - b);
const at = (share) => Math.round(taken[Math.min(taken.length - 1, Math.floor(share * taken.length))]);
console.log(`from the save to the page: n ${taken.length}, median ${at(0.5)} ms, p90 ${at(0.9)} ms, max ${at(1)} ms`);
