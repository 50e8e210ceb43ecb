// Everything in the header of the site is reached with Tab in the order in which it is read, shows its focus, has a name, and does what it says:
// each of its links leads to a page that tells that it is the current one.
export const name = "the header by keyboard";

export default async function (page, site) {
  await page.goto(site.address("home"));
  const expected = await page.evaluate(() => [...document.querySelectorAll("body > header :is(a[href], button, input, select, summary, [tabindex='0'])")]
    .filter((element) => !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))
    .map((element) => (element.dataset.stop = element.textContent.trim() || element.ariaLabel || element.labels?.[0]?.textContent.trim() || "")));
  if (!expected.length) return ["there is no header with anything to reach"];
  const problems = [];
  if (expected.includes("")) problems.push("something in the header has no name");

  const reached = [];
  for (let count = 0; count < expected.length + 3 && reached.length < expected.length; count += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
      return { stop: document.activeElement.dataset.stop, ring: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none" };
    });
    if (at.stop === undefined) continue;
    reached.push(at.stop);
    if (!at.ring) problems.push(`"${at.stop}" shows no focus`);
  }
  if (reached.join("\n") !== expected.join("\n")) problems.push(`Tab goes to ${reached.join(", ") || "nothing"}; one reads ${expected.join(", ")}`);

  const links = await page.evaluate(() => [...document.querySelectorAll("body > header nav a[href]")].map((link) => link.textContent.trim()));
  for (const [index, link] of links.entries()) {
    await page.goto(site.address("home"));
    await page.locator("body > header nav a[href]").nth(index).focus();
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    const current = await page.evaluate(() => document.querySelector("body > header nav [aria-current]")?.textContent.trim());
    if (current !== link) problems.push(`"${link}" leads to ${page.url()}, where "${current ?? "nothing"}" is the current one`);
  }
  return problems;
}
