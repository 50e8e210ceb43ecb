// Everything can be reached with the Tab key, and one sees where one is.

/** The first Tab shows the skip link; Enter goes into `main`. */
export async function skipLink(page) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const { activeElement: element, documentElement } = document;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const shown = left >= 0 && top >= 0 && right <= documentElement.clientWidth && bottom <= innerHeight && right > left;
    return { what: element.outerHTML.slice(0, 120), href: element.getAttribute("href"), shown };
  });
  if (!first.href?.startsWith("#")) return [`the first Tab reaches ${first.what}, not a link that skips the navigation`];
  if (!first.shown) return [`the skip link has the focus and is not to be seen: ${first.what}`];
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  return page.evaluate((href) => {
    const main = document.querySelector("main");
    const at = document.activeElement;
    const problems = [];
    if (document.querySelector(":target") !== main) problems.push(`the skip link leads to ${href}, which is not <main>`);
    const linked = main.querySelector("a[href], button, input, summary, [tabindex='0']");
    if (linked && !main.contains(at)) problems.push(`after the skip link, Tab reaches ${at.outerHTML.slice(0, 120)}, not something in <main>`);
    return problems;
  }, first.href);
}

/** Tab visits every link, field and scrolling region in turn; each shows that it has the focus. */
export async function tabbing(page) {
  const expected = await page.evaluate(() => {
    const seen = (window.seenByTab = new Map());
    document.addEventListener("focusin", ({ target }) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(target);
      const { width, height, right, bottom } = target.getBoundingClientRect();
      const ring = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
      seen.set(target, !ring ? "shows no focus" : width && height && right > 0 && bottom > 0 ? "" : "has the focus where it cannot be seen");
    });
    document.activeElement.blur();
    const candidates = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
    window.expectedByTab = [...candidates].filter((element) => !element.disabled
      && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }));
    return window.expectedByTab.length;
  });
  // Sent without waiting for each: a page may have hundreds of links.
  const devtools = await page.context().newCDPSession(page);
  const tab = { type: "rawKeyDown", key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
  await Promise.all(Array.from({ length: expected + 2 }, () => devtools.send("Input.dispatchKeyEvent", tab)));
  return page.evaluate(() => {
    const name = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
    const missed = window.expectedByTab.filter((element) => !window.seenByTab.has(element));
    const unseen = [...window.seenByTab].filter(([, why]) => why);
    return [...missed.map((element) => `Tab never reaches ${name(element)}`), ...unseen.map(([element, why]) => `${name(element)} ${why}`)];
  });
}
