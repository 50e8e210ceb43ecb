// Pagefind and MiniSearch over the incident pages of a built site, each as its users set it up.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "../lib.js";
import { wire } from "./score.mjs";

const types = { ".js": "text/javascript", ".html": "text/html", ".json": "application/json", ".css": "text/css" };

/** The version of a package of the tests. */
const version = (name) =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8")).version;

/** Serves files from memory at 127.0.0.1. The first part of a path names a query, and what it loads is counted for it. */
async function countingServer(files) {
  const loaded = new Map();
  const weights = new Map([...files].map(([name, body]) => [name, wire(body)]));
  const server = createServer((request, response) => {
    const [, query, ...rest] = new URL(request.url, "http://127.0.0.1").pathname.split("/");
    const name = rest.join("/");
    const body = name ? files.get(name) : Buffer.from("<!doctype html><title>search</title>");
    if (!body) return response.writeHead(404).end();
    if (name) loaded.set(query, (loaded.get(query) ?? 0) + weights.get(name));
    response.writeHead(200, { "content-type": types[path.extname(name || "x.html")] ?? "application/octet-stream" }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, loaded, close };
}

/** Runs in the page: the addresses of Pagefind's first ten results. */
async function ask({ script, text }) {
  const pagefind = await import(script);
  const { results } = await pagefind.search(text);
  const rows = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return rows.map((row) => row.url);
}

/**
 * Pagefind: its index of the `main` of every incident page, asked through its own JavaScript in Chromium. Every query
 * starts with nothing loaded; its bytes are the script, the WebAssembly, the index and the first ten results. It answers
 * with the pages that hold all words of a query that it knows, so many sentences have no answer.
 */
export async function pagefind(site, ids) {
  const { createIndex, close } = await import("pagefind");
  const built = await createIndex({ rootSelector: "main" });
  const { index } = built;
  if (!index) throw new Error(built.errors.join("; "));
  const added = await index.addDirectory({ path: site, glob: "incidents/*/index.html" });
  const output = await index.getFiles();
  const errors = [...added.errors, ...output.errors];
  await close();
  if (added.page_count !== ids.length) errors.push(`it read ${added.page_count} of ${ids.length} pages`);
  if (errors.length) throw new Error(errors.join("; "));

  const server = await countingServer(new Map(output.files.map((file) => [`pagefind/${file.path}`, Buffer.from(file.content)])));
  const browser = await launch();
  const page = await browser.newPage();
  let asked = 0;
  const query = async (text) => {
    const name = `q${(asked += 1)}`;
    await page.goto(`${server.origin}/${name}/`);
    const urls = await page.evaluate(ask, { script: `/${name}/pagefind/pagefind.js`, text });
    const results = urls.map((url) => ({ id: url.match(/incidents\/([^/]+)\//)?.[1], url }));
    return { results, bytes: server.loaded.get(name) ?? 0 };
  };
  const stop = async () => {
    await browser.close();
    server.close();
  };
  return { name: `Pagefind ${version("pagefind")}`, query, close: stop };
}

/** Runs in the page: title and text of `main`, with a space wherever an element is not inline. */
function readMain() {
  const main = document.querySelector("main");
  const parts = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return parts.push(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) return undefined;
    const between = getComputedStyle(node).display.startsWith("inline") ? "" : " ";
    parts.push(between);
    for (const child of node.childNodes) walk(child);
    return parts.push(between);
  };
  walk(main);
  return { title: main.querySelector("h1")?.textContent ?? "", text: parts.join("").replace(/\s+/g, " ") };
}

/** MiniSearch over title and text of every incident page. A query needs the whole index: its bytes are the index as JSON. */
export async function miniSearch(site, ids) {
  const { default: MiniSearch } = await import("minisearch");
  const browser = await launch();
  const page = await browser.newPage();
  const documents = [];
  for (const id of ids) {
    await page.goto(pathToFileURL(path.join(site, "incidents", id, "index.html")).href);
    documents.push({ id, ...(await page.evaluate(readMain)) });
  }
  await browser.close();
  const index = new MiniSearch({ fields: ["title", "text"], searchOptions: { prefix: true, fuzzy: 0.2 } });
  index.addAll(documents);
  const bytes = wire(Buffer.from(JSON.stringify(index)));
  const query = async (text) => {
    const results = index.search(text).slice(0, 10).map(({ id }) => ({ id, url: `incidents/${id}/` }));
    return { results, bytes };
  };
  return { name: `MiniSearch ${version("minisearch")}`, query, close: async () => {} };
}
