// Accessibility rules of WCAG 2.2, levels A and AA, by axe-core.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Violations in a color scheme at a width, one line per element; of all rules, or only of some. */
export async function axe(page, colorScheme, width, rules) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: tags };
  const violations = await page.evaluate(async (runOnly) => {
    const result = await window.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary, html }) => ({ id, target: target.join(" "), failureSummary, html })));
  }, runOnly);
  return violations.map(({ id, target, failureSummary, html }) =>
    `${colorScheme}, ${width} px: ${id} at ${target}: ${failureSummary.split("\n").slice(1).join(" ").trim()} · ${html.slice(0, 120)}`);
}
