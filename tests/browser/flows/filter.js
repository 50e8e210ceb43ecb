// The filter of the list, with nothing but the keyboard.
export const name = "the filter of the list";

export default async function (page, site) {
  await page.goto(site.address("list"));
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
