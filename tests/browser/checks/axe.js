// Accessibility rules of WCAG 2.2, levels A and AA, and best practice, by axe-core.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** How a page is looked at: what the reader's system asks for, and the width of the window. */
export const looks = {
  light: { colorScheme: "light", width: 1280 },
  dark: { colorScheme: "dark", width: 1280 },
  "320 px": { colorScheme: "light", width: 320 },
  "forced colors": { colorScheme: "dark", forcedColors: "active", width: 1280 },
};

/** Violations in a look, one line per element. */
export async function axe(page, look) {
  const { width, colorScheme, forcedColors = "none" } = looks[look];
  await page.emulateMedia({ colorScheme, forcedColors });
  await page.setViewportSize({ width, height: 900 });
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const violations = await page.evaluate(async (values) => {
    const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"], preload: false };
    const { violations } = await window.axe.run(document, options);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary, html }) => ({ id, target: target.join(" "), failureSummary, html })));
  }, tags);
  await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
  return violations.map(({ id, target, failureSummary, html }) =>
    `${look}: ${id} at ${target}: ${failureSummary.split("\n").slice(1).join(" ").trim()} · ${html.slice(0, 120)}`);
}
