// The list is narrowed by facets and words over all reports, sorted, sent as an address, and left again with "back".
export const name = "the facets of the list";

export default async function (page, site) {
  const problems = [];
  const expect = (what, found, wanted) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) problems.push(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  };
  const link = (facet, at) => page.locator(`[data-facet=${facet}] li a`).nth(at);
  const count = async (one) => Number((await one.locator(".n").textContent()).replace(/\D/g, ""));
  const rows = () => page.evaluate(() => [...document.querySelectorAll("[data-rows] tbody tr:not(.year)")].map((row) => ({
    title: row.querySelector("th").textContent.toLowerCase(),
    severity: row.querySelector(".sev").textContent,
    duration: row.querySelector(".dur").textContent,
  })));
  const status = () => page.locator("[data-status]").textContent();
  const settled = async (reports) => {
    const wanted = new RegExp(`^${reports}\\b`);
    for (let turn = 0; turn < 60 && !wanted.test(await status()); turn += 1) await page.waitForTimeout(50);
    await page.waitForTimeout(50);
    return status();
  };
  const hash = () => decodeURIComponent(new URL(page.url()).hash);

  await page.goto(site.address("list"));
  const whole = (await rows()).length;
  const home = await status();

  // One facet, then a second one: each link says how many reports there will be.
  const severity = (await link("severity", 0).locator("span").first().textContent()).trim();
  const first = await count(link("severity", 0));
  await link("severity", 0).click();
  await settled(first);
  expect("rows of one facet", (await rows()).length, Math.min(first, 100));
  expect("severities of the rows", [...new Set((await rows()).map((row) => row.severity))], [severity]);
  expect("the address", hash(), `#severity=${severity}`);
  const second = await count(link("year", 0));
  await link("year", 0).click();
  await settled(second);
  const both = hash();
  expect("rows of two facets", (await rows()).length, Math.min(second, 100));
  if (!/^#severity=.+&year=\d+$/.test(both)) problems.push(`two facets stand in the address as ${both}`);
  expect("what is chosen", await page.locator("[data-facet] a[aria-current]").count(), 2);

  // The address can be sent; "back" takes the second facet off again.
  await page.reload();
  await settled(second);
  expect("rows after loading the address anew", (await rows()).length, Math.min(second, 100));
  await page.goBack();
  await settled(first);
  expect("rows after going back", (await rows()).length, Math.min(first, 100));

  // Sorted by duration, the longest first and then the shortest.
  const seconds = (text) => [...text.matchAll(/(\d+) (d|h|min|s)/g)].reduce((sum, [, n, unit]) => sum + n * { d: 86400, h: 3600, min: 60, s: 1 }[unit], 0);
  for (const [direction, sign] of [["descending", 1], ["ascending", -1]]) {
    await page.locator("[data-sort=duration] button").click();
    await page.waitForTimeout(200);
    const known = (await rows()).map((row) => seconds(row.duration)).filter(Boolean);
    expect("the sorted column", await page.locator("[data-sort=duration]").getAttribute("aria-sort"), direction);
    expect(`durations, ${direction}`, known, [...known].sort((a, b) => sign * (b - a)));
    expect("rows after sorting", (await rows()).length, Math.min(first, 100));
  }

  // Words, together with the facet: by keyboard only.
  const word = (await rows()).at(-1).title.match(/[a-z]{6,}/)?.[0] ?? "a";
  await page.locator("[data-find] input").focus();
  await page.keyboard.type(word);
  await page.waitForTimeout(500);
  const found = await rows();
  if (!found.length || !found.every((row) => row.title.includes(word))) problems.push(`"${word}" shows ${found.length} rows, of which some do not hold it`);
  if (!(await status()).startsWith(String(found.length))) problems.push(`after "${word}" one is told "${await status()}", and sees ${found.length} rows`);
  expect("the address has the words", new URLSearchParams(hash().slice(1)).get("q"), word);
  await page.keyboard.type(" no-report-holds-this");
  await page.waitForTimeout(500);
  expect("rows of words that are nowhere", (await rows()).length, 0);
  if (/\d/.test(await status())) problems.push(`without any row one is told "${await status()}"`);

  // Everything off again.
  await page.locator("[data-picked] a").last().click();
  await page.waitForTimeout(400);
  expect("rows with nothing chosen", (await rows()).length, whole);
  expect("the status with nothing chosen", await status(), home);

  // The list of one value narrows in place, and says that it is another list then.
  await page.goto(new URL(`severity/${encodeURIComponent(severity)}/index.html`, site.address("list")).href);
  expect("the title of the list of one value", await page.locator("h1").textContent(), severity);
  expect("rows of the list of one value", (await rows()).length, Math.min(first, 100));
  await page.locator("[data-facet=year] li a").first().hover();
  await page.waitForTimeout(400);
  const within = await count(link("year", 0));
  await link("year", 0).click();
  await settled(within);
  expect("rows of that list and a year", (await rows()).length, Math.min(within, 100));
  expect("the severities there", [...new Set((await rows()).map((row) => row.severity))], [severity]);
  if ((await page.locator("h1").textContent()) === severity) problems.push("the title still names one value alone");
  return problems;
}
