// The first Tab of every kind of page shows the skip link, Enter goes into the text.
import { skipLink } from "../checks/keyboard.js";

export const name = "the skip link";

export default async function (page, site) {
  const problems = [];
  for (const kind of site.kinds) {
    await page.goto(site.address(kind));
    problems.push(...(await skipLink(page)).map((problem) => `${kind}: ${problem}`));
  }
  return problems;
}
