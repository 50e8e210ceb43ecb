// Measures the search of a built site with the queries of tests/search/queries.tsv, and fails below these floors.
//
//   node search/known-items.mjs             our engine, by kind of query
//   node search/known-items.mjs --compare   with Pagefind and MiniSearch on the same pages
//   node search/known-items.mjs --misses    the queries whose answer is not our first result
//
// AFTERWORD_SITE names the folder of the site, as for the other checks.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pagesOf, site } from "../lib.js";
import { miniSearch, pagefind } from "./others.mjs";
import { byKind, missed, rank, readQueries, requirePages, table } from "./score.mjs";

const FLOORS = [
  { kind: "all", within: 10, least: 0.98 },
  { kind: "all", within: 1, least: 0.85 },
  { kind: "prefix", within: 10, least: 0.95 },
  { kind: "typo", within: 10, least: 0.95 },
];

const ours = new URL("./engine.mjs", import.meta.url);

async function open() {
  if (!existsSync(fileURLToPath(ours))) throw new Error("search/engine.mjs is not here");
  const engine = await (await import(ours.href)).open(site);
  const query = async (text) => {
    const results = await engine.query(text);
    return { results, bytes: results.bytes.gzip };
  };
  return { name: "Afterword", query, close: async () => {} };
}

/** Asks every query; the answers are in the order of the queries. */
async function measure(engine, queries) {
  const answers = [];
  for (const { kind, text, expected } of queries) {
    const { results, bytes } = await engine.query(text);
    const ids = results.slice(0, 10).map((result) => result.id);
    answers.push({ kind, text, expected, ids, rank: rank(ids, expected), bytes });
  }
  await engine.close();
  return { name: engine.name, answers, summaries: byKind(answers) };
}

const queries = readQueries();
requirePages(queries, site);
const ids = pagesOf("incident").map((file) => file.split("/")[1]);
const engines = { Afterword: open };
if (process.argv.includes("--compare")) {
  engines.Pagefind = () => pagefind(site, ids);
  engines.MiniSearch = () => miniSearch(site, ids);
}

const measured = [];
for (const [name, start] of Object.entries(engines)) {
  try {
    measured.push(await measure(await start(), queries));
  } catch (error) {
    console.log(`${name} was not measured: ${error.message}`);
    if (name === "Afterword") process.exitCode = 1;
  }
}
if (measured.length) console.log(table(measured));

const afterword = measured.find(({ name }) => name === "Afterword");
if (afterword) {
  if (process.argv.includes("--misses")) {
    for (const { kind, text, expected, ids, rank } of afterword.answers.filter((answer) => answer.rank > 1)) {
      console.log(`${kind} "${text}"\n  expected ${expected.join(", ")} at ${rank}; first: ${ids.slice(0, 3).join(", ")}`);
    }
  }
  for (const line of missed(FLOORS, afterword.summaries)) {
    console.log(`below the floor: ${line}`);
    process.exitCode = 1;
  }
}
