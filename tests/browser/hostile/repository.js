// A repository in which every text is a payload, made from the data that `tests/it/hostile.rs` reads too: `tests/hostile/`.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bin } from "../lib.js";

const data = (name) => readFileSync(new URL(`../../hostile/${name}`, import.meta.url), "utf8");

/** One a line; `\n`, `\t`, `\\` and `\uXXXX` are written so. */
export const payloads = data("payloads.txt").trimEnd().split("\n").map((line) =>
  line.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, what) =>
    what === "n" ? "\n" : what === "t" ? "\t" : what.length === 5 ? String.fromCharCode(parseInt(what.slice(1), 16)) : what));

/** So many in each text: a browser takes its time for a page. The parser reads them one by one. */
const TOGETHER = 8;
const groups = Array.from({ length: Math.ceil(payloads.length / TOGETHER) }, (_, n) => payloads.slice(n * TOGETHER, (n + 1) * TOGETHER));

/** `@` stands for payloads as a quoted text, `$` for one that is a name of its own, `%` for payloads in prose. */
const filled = (template, texts, n) => {
  let names = 0;
  return template.replaceAll("{n}", n).replace(/[@$%]/g, (mark) =>
    ({ "@": JSON.stringify(texts.join(" ")), $: JSON.stringify(`${n} ${texts[names++ % texts.length]}`), "%": texts.join("\n\n") })[mark]);
};

/** Rules that would keep a report from being published. What is published of it anyway is what is looked at. */
const PUBLISHED = ["AW1", "AW2", "AW3", "AW4", "AW5", "AW6", "AW7", "AW8", "AW9"]
  .map((group) => `[rules.${group}]\nlevel = "off"\nreason = "all of them are to be published"\n`).join("");

/** Writes the repository into a folder. With `checked` its reports have errors, as they would in a real one. */
export function repository(folder, { checked = false } = {}) {
  const [site, named, report, pattern] = ["site.toml", "named.toml", "report.md", "pattern.md"].map(data);
  const write = (file, text) => {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  write("site.toml", filled(site, payloads.filter((_, n) => n % 9 === 0), 0)
    + groups.map((group, n) => filled(named, group, n)).join("") + (checked ? "" : PUBLISHED));
  write("reports/_patterns/capacity.md", filled(pattern, groups[1], "capacity"));
  for (const period of ["2025", "2025-Q1", "2025-01"]) write(`reports/_digests/${period}.md`, payloads.join("\n\n"));
  groups.forEach((group, n) => {
    write(`reports/_patterns/p${n}.md`, filled(pattern, group, n));
    write(`reports/2025/2025-${String(1 + (n % 12)).padStart(2, "0")}-03-r${n}.md`, filled(report, group, n));
  });
  return { folder, reports: groups.length };
}

/** Builds its site, and gives the folder and what the program said. */
export function built(root, out) {
  const args = ["--root", root, "--as-of", "2026-11-23", "build", "--keep-going", "--out", out];
  try {
    return { site: out, said: execFileSync(bin, args, { stdio: "pipe", maxBuffer: 1 << 28, encoding: "utf8" }) };
  } catch (error) {
    if (error.status !== 1) throw error;
    return { site: out, said: error.stderr };
  }
}
