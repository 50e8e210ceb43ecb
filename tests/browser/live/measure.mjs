// How long it takes from the write of a report until the page shows it, laid out, by the machine's clock: `npm run live -- FOLDER [SAVES]`.
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
  taken.push((await reload) - from);
  const text = await running.page.textContent("main");
  if (!text.includes(`Saved ${save}.`)) throw new Error(`the page does not show save ${save}`);
}
edit(running.file, (text) => text.replace(/Saved \d+\. /, ""));
await running.end();
taken.sort((a, b) => a - b);
const at = (share) => Math.round(taken[Math.min(taken.length - 1, Math.floor(share * taken.length))]);
console.log(`from the save to the page: n ${taken.length}, median ${at(0.5)} ms, p90 ${at(0.9)} ms, max ${at(1)} ms`);
