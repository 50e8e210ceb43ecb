// Every brief is one sheet of A4, whatever the length of its report.
import { pdf } from "./print.js";

/** Briefs that are not exactly one sheet, or say less than a brief must. */
export async function briefs(page, addresses) {
  const problems = [];
  for (const address of addresses) {
    await page.goto(address);
    const { pages } = await pdf(page);
    if (pages !== 1) problems.push(`${address} is ${pages} sheets`);
    await page.emulateMedia({ media: null });
    const headings = await page.locator("main h2").count();
    if (headings < 2) problems.push(`${address} has ${headings} headings`);
  }
  return problems;
}
