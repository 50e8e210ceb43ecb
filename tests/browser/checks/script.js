// The site without JavaScript, and what JavaScript adds to the list.

/** The texts of `main` that a reader sees, except what belongs to fields and live regions. */
export const texts = (page) => page.evaluate(() => {
  const control = "input, button, select, textarea, dialog, [aria-live], [role=status], [role=search]";
  return [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6, p, li, th, td, dt, dd, pre, figcaption, summary)")]
    .filter((element) => element.checkVisibility() && !element.closest(control) && !element.querySelector(control))
    .map((element) => element.textContent.replace(/\s+/g, " ").trim())
    .filter(Boolean);
});

/** What is seen with JavaScript and not without it. */
export function lost(withScript, without) {
  const left = new Set(without);
  const problems = withScript.filter((text) => !left.has(text)).map((text) => `not shown without JavaScript: "${text.slice(0, 80)}"`);
  if (without.join(" ").length < 20) problems.push("hardly any text is shown without JavaScript");
  return problems;
}

/** The filter of the list, with nothing but the keyboard. */
export async function filter(page) {
  const rows = () => page.evaluate(() => [...document.querySelectorAll("[data-rows] tbody tr")]
    .filter((row) => row.checkVisibility()).map((row) => row.textContent.toLowerCase()));
  const spoken = () => page.evaluate(() => [...document.querySelectorAll("main :is([aria-live=polite], [role=status])")]
    .filter((region) => region.checkVisibility()).map((region) => region.textContent.trim()));
  const focused = () => page.evaluate(() => document.activeElement.matches("main input:not([type=checkbox], [type=radio])"));
  for (let count = 0; count < 40 && !(await focused()); count += 1) await page.keyboard.press("Tab");
  if (!(await focused())) return ["forty times Tab reach no field that filters the list"];

  const problems = [];
  if (!(await page.evaluate(() => document.activeElement.labels.length || document.activeElement.ariaLabel))) problems.push("the field has no label");
  const whole = await rows();
  if (whole.length < 2) return [`the list has ${whole.length} rows in [data-rows], too few to filter`];
  const word = whole.at(-1).match(/[a-z]{7,}/g)?.at(-1) ?? "a";
  const type = async (text) => {
    await page.keyboard.press("Control+A");
    if (text) await page.keyboard.type(text);
    else await page.keyboard.press("Delete");
    await page.waitForTimeout(400);
    return { shown: (await rows()).length, said: await spoken() };
  };
  const steps = [[word, whole.filter((row) => row.includes(word)).length], ["no-row-holds-this", 0], ["", whole.length]];
  for (const [text, expected] of steps) {
    const { shown, said } = await type(text);
    if (shown !== expected) problems.push(`"${text}" shows ${shown} rows of ${whole.length}, not ${expected}`);
    if (!said.length) problems.push("no live region says how many rows are shown");
    else if (text && !new RegExp(`\\b${expected}\\b`).test(said.join(" "))) problems.push(`after "${text}" the live region says "${said.join(" ")}", not that ${expected} are shown`);
  }
  return problems;
}
