// The known-item queries, what counts as found, and the table of an engine's answers by kind of query.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const file = fileURLToPath(new URL("../../search/queries.tsv", import.meta.url));

/** The queries in the order of the file: `{ kind, text, expected }`, `expected` being ids of reports. */
export function readQueries(table = readFileSync(file, "utf8")) {
  const lines = table.split("\n").filter((line) => line && !line.startsWith("#"));
  return lines.map((line) => {
    const [kind, text, expected] = line.split("\t");
    return { kind, text, expected: expected.split(" ") };
  });
}

/** Fails when a report that a query looks for has no page in the site; then every figure would be wrong. */
export function requirePages(queries, site) {
  const ids = [...new Set(queries.flatMap((query) => query.expected))];
  const absent = ids.filter((id) => !existsSync(path.join(site, "incidents", id, "index.html")));
  if (absent.length) throw new Error(`${site} has no page of ${absent.length} reports, such as ${absent[0]}`);
}

/** The rank, from 1, of the first of `ids` that is expected, or `Infinity`. */
export function rank(ids, expected) {
  const place = ids.findIndex((id) => expected.includes(id));
  return place < 0 ? Infinity : place + 1;
}

/** What a body weighs on the wire: compressed, unless it is compressed already. */
export const wire = (body) => Math.min(gzipSync(body, { level: 9 }).length, body.length);

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : Math.round((sorted[middle - 1] + sorted[middle]) / 2);
};

/** Success@1, Success@10 and bytes of answers `{ kind, rank, bytes }`. */
export function summarize(answers) {
  const share = (within) => answers.filter((answer) => answer.rank <= within).length / answers.length;
  const bytes = answers.map((answer) => answer.bytes);
  return { count: answers.length, at1: share(1), at10: share(10), median: median(bytes), max: Math.max(...bytes) };
}

/** Summaries by kind in the order of the queries, then of all queries. */
export function byKind(answers) {
  const kinds = [...new Set(answers.map((answer) => answer.kind))];
  const rows = kinds.map((kind) => [kind, summarize(answers.filter((answer) => answer.kind === kind))]);
  return new Map([...rows, ["all", summarize(answers)]]);
}

/** The floors that the summaries miss, one line each. */
export function missed(floors, summaries) {
  return floors.flatMap(({ kind, within, least }) => {
    const found = summaries.get(kind)?.[`at${within}`];
    if (found === undefined) return [`there are no queries of the kind ${kind}`];
    return found < least ? [`${kind}: S@${within} is ${found.toFixed(3)}, and ${least} is the floor`] : [];
  });
}

/** A table of engines `{ name, summaries }`, one line for each kind. */
export function table(engines) {
  const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
  const cells = ({ at1, at10, median, max }) => `  ${at1.toFixed(3)}  ${at10.toFixed(3)}${kb(median)}${kb(max)}`;
  const first = engines[0].summaries;
  const head = ["kind         n", ...engines.map(({ name }) => `  ${name}`.padEnd(28))].join("");
  const columns = ["              ", ...engines.map(() => "    S@1   S@10    med    max")].join("");
  const line = ([kind, { count }]) =>
    [kind.padEnd(9), String(count).padStart(5), ...engines.map(({ summaries }) => cells(summaries.get(kind)))].join("");
  return [head, columns, ...[...first].map(line), "med and max: kilobytes (1000 bytes) a query loads, compressed"].join("\n");
}
