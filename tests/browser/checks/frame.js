// What scripts add to the frame of a page and to a report, with the keyboard: theme, help, ways to go, zones, contents.

/** On the page of an incident that has others before or after it. */
export async function frame(page) {
  const problems = [];
  const expect = (holds, problem) => holds || problems.push(problem);
  const theme = () => page.evaluate(() => [document.documentElement.dataset.theme ?? "auto", getComputedStyle(document.body).backgroundColor]);

  await page.emulateMedia({ colorScheme: "light" });
  const [, paper] = await theme();
  const button = page.locator("[data-theme-button]");
  await button.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  const [name, dark] = await theme();
  expect(name === "dark" && dark !== paper, `two presses of the button give ${name} on ${dark}, before ${paper}`);
  await page.reload({ waitUntil: "commit" });
  await page.waitForSelector("h1");
  expect((await theme()).join() === [name, dark].join(), `after a reload the theme is ${await theme()}`);
  await button.focus();
  await page.keyboard.press("Enter");
  expect((await theme()).join() === `auto,${paper}`, `a third press gives ${await theme()}`);

  const open = () => page.evaluate(() => document.querySelector("[data-help]").open);
  await page.keyboard.press("?");
  expect(await open(), "? does not open the help");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  expect(await open(), "keys of the page work behind the help");
  await page.keyboard.press("Escape");
  expect(!(await open()), "Escape does not close the help");
  expect(await page.evaluate(() => document.activeElement.matches("[data-theme-button]")), "after the help the focus is somewhere else");

  const zones = page.locator("[data-zones]");
  if (await zones.count()) {
    const times = () => page.locator(".timeline time[data-clock]").allTextContents();
    const before = await times();
    await zones.selectOption({ index: await zones.locator("option").count() - 1 });
    const own = await page.evaluate(() => new Date().getTimezoneOffset() !== 0);
    expect(!own || (await times()).join() !== before.join(), "another zone changes no time");
    await zones.selectOption("UTC");
    expect((await times()).join() === before.join(), "back in UTC the times are others");
  }

  const links = page.locator("[data-contents] a");
  if (await links.count() > 2) {
    const { hash } = await links.last().evaluate((link) => ({ hash: link.hash }));
    await page.evaluate((hash) => document.getElementById(decodeURIComponent(hash.slice(1))).scrollIntoView(), hash);
    await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 60)));
    const current = await page.locator("[data-contents] [aria-current]").allTextContents();
    expect(current.length === 1, `${current.length} entries of the contents are current`);
    expect(current[0] !== await links.first().textContent(), "far down, the contents still say the first section");
  }

  const here = page.url();
  const goes = async (keys, where) => {
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForURL(where, { timeout: 10_000 }).catch(() => problems.push(`${keys.join(" ")} leads to ${page.url()}`));
  };
  const [there, back] = await page.locator("a[rel=prev]").count() ? ["k", "j"] : ["n", "p"];
  await goes([there], (url) => url.href.split("#")[0] !== here.split("#")[0]);
  await goes([back], (url) => url.href.split("#")[0] === here.split("#")[0]);
  await goes(["g", "p"], /patterns\/index\.html$/);
  return problems;
}
