// Every page of the site, read from the files without a browser: links and anchors, and what a page weighs.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { parse } from "parse5";

const origin = "http://site.invalid";
const kilobyte = 1000;
const most = { html: 20 * kilobyte, scripts: 12 * kilobyte };
const urls = ["href", "src", "action", "data", "poster", "xlink:href"];

/** Every HTML page below `root`: its ids, what it refers to, and the files of its scripts and sheets. */
export function crawl(root) {
  const files = new Set(readdirSync(root, { recursive: true }).map((file) => file.split(path.sep).join("/"))
    .filter((file) => statSync(path.join(root, file)).isFile()));
  const pages = new Map();
  for (const file of [...files].filter((file) => file.endsWith(".html")).sort()) {
    const source = readFileSync(path.join(root, file));
    const page = { file, bytes: gzipSync(source).length, ids: new Set(), refers: [], scripts: new Set(), sheets: new Set() };
    walk(parse(source.toString()), page);
    pages.set(file, page);
  }
  return { root, files, pages };
}

function walk(document, page) {
  const nodes = [document];
  while (nodes.length) {
    const node = nodes.pop();
    nodes.push(...(node.childNodes ?? []), ...(node.content ? [node.content] : []));
    if (!node.attrs) continue;
    const attribute = (name) => node.attrs.find((found) => (found.prefix ? `${found.prefix}:${found.name}` : found.name) === name)?.value;
    if (attribute("id")) page.ids.add(attribute("id"));
    const written = urls.map(attribute).filter((value) => value !== undefined);
    for (const candidate of attribute("srcset")?.split(",") ?? []) written.push(candidate.trim().split(/\s/)[0]);
    page.refers.push(...written);
    if (node.tagName === "script" && attribute("src")) page.scripts.add(attribute("src"));
    if (node.tagName === "link" && /\bstylesheet\b/.test(attribute("rel"))) page.sheets.add(attribute("href"));
  }
}

/** The file that an address on a page means, and its fragment; `undefined` where it is not of the site. */
function resolve(page, written) {
  const url = new URL(written, `${origin}/${page.file}`);
  if (url.origin !== origin) return undefined;
  return { file: decodeURIComponent(url.pathname.slice(1)), fragment: decodeURIComponent(url.hash.slice(1)) };
}

/** Links, forms, images, sheets and scripts of all pages that lead to no file, or to an anchor that is not there. */
export function broken({ root, files, pages }) {
  const problems = [];
  for (const page of pages.values()) {
    for (const written of new Set(page.refers)) {
      const found = resolve(page, written);
      // 404.html is shown at any address, so its links begin at the root of the host.
      if (!found && /^(file|javascript|ftp):/.test(written)) problems.push(`${page.file}: "${written}" leads out of the site`);
      if (!found) continue;
      const disk = page.file !== "404.html" && new URL(written, pathToFileURL(path.join(root, page.file))).href;
      if (disk && !disk.startsWith(pathToFileURL(root + path.sep).href)) problems.push(`${page.file}: "${written}" leads out of the site where it is opened from disk`);
      else if (!files.has(found.file)) problems.push(`${page.file}: "${written}" leads nowhere: ${found.file}`);
      else if (found.fragment && pages.has(found.file) && !pages.get(found.file).ids.has(found.fragment)) {
        problems.push(`${page.file}: "${written}": no element has the id "${found.fragment}" in ${found.file}`);
      }
    }
  }
  return problems;
}

/** Pages to which no link leads from the first one. */
export function unreached({ pages }, first = "index.html") {
  const reached = new Set([first, "404.html"]);
  for (const file of reached) {
    for (const written of pages.get(file)?.refers ?? []) {
      const found = resolve(pages.get(file), written);
      if (found && pages.has(found.file)) reached.add(found.file);
    }
  }
  return [...pages.keys()].filter((file) => !reached.has(file)).map((file) => `no link leads to ${file}`);
}

/** Bytes as a host sends them, by page: `{ file, html, scripts, sheets }`. */
export function weights({ root, files, pages }) {
  const zipped = new Map();
  const size = (page, written) => {
    const file = resolve(page, written)?.file;
    if (!files.has(file)) return 0;
    if (!zipped.has(file)) zipped.set(file, gzipSync(readFileSync(path.join(root, file))).length);
    return zipped.get(file);
  };
  const sum = (page, all) => [...all].reduce((total, written) => total + size(page, written), 0);
  return [...pages.values()].map((page) => ({
    file: page.file, html: page.bytes, scripts: sum(page, page.scripts), sheets: sum(page, page.sheets),
  }));
}

/** Pages that are heavier than they may be. */
export const heavy = (all) => all.flatMap(({ file, ...bytes }) => Object.keys(most).filter((part) => bytes[part] > most[part])
  .map((part) => `${file}: ${(bytes[part] / kilobyte).toFixed(1)} KB of ${part}, ${most[part] / kilobyte} KB at most`));

/** A table of the weights by kind of page, in KB. */
export function weightRows(all, kindOf) {
  const groups = Map.groupBy(all, ({ file }) => kindOf(file));
  const show = (bytes) => (bytes / kilobyte).toFixed(1);
  const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
  const max = (group, part) => Math.max(...group.map((page) => page[part]));
  return [
    ["KB, gzip", "pages", "HTML median", "HTML max", "scripts max", "styles max"],
    ...[...groups].map(([kind, group]) => [kind, group.length, show(median(group.map(({ html }) => html))),
      ...["html", "scripts", "sheets"].map((part) => show(max(group, part)))]),
  ];
}

/** What differs between two folders, byte for byte. */
export function different(a, b) {
  const list = (root) => readdirSync(root, { recursive: true }).filter((file) => statSync(path.join(root, file)).isFile());
  const all = [...new Set([...list(a), ...list(b)])].sort();
  return all.flatMap((file) => {
    const [left, right] = [a, b].map((root) => path.join(root, file));
    if (!existsSync(left) || !existsSync(right)) return [`${file} is only in one of the two`];
    return readFileSync(left).equals(readFileSync(right)) ? [] : [`${file} differs`];
  });
}
