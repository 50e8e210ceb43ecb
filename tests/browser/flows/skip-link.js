// The first Tab shows the skip link, Enter goes into the text. (Every other kind of page: `everything` in suite.test.js.)
import { skipLink } from "../checks/keyboard.js";

export const name = "the skip link";

export default async function (page, site) {
  const problems = [];
  for (const kind of ["home", "list", "incident"].filter((kind) => site.kinds.includes(kind))) {
    await page.goto(site.address(kind));
    problems.push(...(await skipLink(page)).map((problem) => `${kind}: ${problem}`));
  }
  return problems;
}
