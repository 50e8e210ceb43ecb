// What the checks found: known faults are set aside, every other one fails its test.
import { known } from "./known.js";

/** The problems of one page, each with the check that found it. Known ones are set aside; `verdict` fails with the rest. */
export class Findings {
  fresh = [];
  constructor(page) {
    this.page = page;
  }
  add(check, problems) {
    for (const line of problems.map((problem) => `${check}: ${problem}`)) {
      const fault = known.find(({ problem }) => problem.test(line));
      if (fault) (fault.seen ??= []).push(`${this.page}: ${line}`);
      else this.fresh.push(line);
    }
  }
  verdict() {
    if (this.fresh.length) fail(`${this.page}: ${this.fresh.length} problems`, this.fresh, 12);
  }
}

export function fail(title, lines, most) {
  const rest = lines.length - most;
  const error = new Error(`${title}\n  ${lines.slice(0, most).map((line) => line.slice(0, 320)).join("\n  ")}${rest > 0 ? `\n  and ${rest} more` : ""}`);
  error.stack = error.message;
  throw error;
}

/** Rows of cells as lines of a table, the first column to the left and the others to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows.map((row) => row.map((cell, column) =>
    column ? String(cell).padStart(widths[column]) : String(cell).padEnd(widths[column])).join("  "));
}
