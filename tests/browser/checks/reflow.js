// Nothing is wider than the window: the reader never scrolls sideways to read a line.

/** What makes the document wider than the window at each of the widths. */
export async function overflow(page, widths) {
  const problems = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    problems.push(...(await page.evaluate(tooWide)).map((what) => `${width} px: ${what}`));
  }
  return problems;
}

/** The same with text twice as large in a window of 640 px: lines wrap, nothing is pushed out. */
export async function largeText(page) {
  await page.setViewportSize({ width: 640, height: 900 });
  await page.evaluate(() => {
    const double = (size) => `${2 * parseFloat(size)}px`;
    const sizes = [...document.querySelectorAll("body, body *:not(svg *)")].map((element) => {
      const { fontSize, lineHeight } = getComputedStyle(element);
      return [element, double(fontSize), lineHeight === "normal" ? lineHeight : double(lineHeight)];
    });
    for (const [element, fontSize, lineHeight] of sizes) Object.assign(element.style, { fontSize, lineHeight });
  });
  return (await page.evaluate(tooWide)).map((what) => `640 px with text at 200 %: ${what}`);
}

function tooWide() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const scrolls = (element) => element && element !== document.body && element !== document.documentElement
    && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const wide = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > clientWidth + 0.5 && !scrolls(element.parentElement));
  const innermost = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  const name = (element) => `<${element.localName}${element.className?.baseVal ?? element.className ? ` class="${element.getAttribute("class")}"` : ""}>`
    + ` reaches ${Math.round(element.getBoundingClientRect().right)} px: "${element.textContent.trim().slice(0, 60)}"`;
  return [`the document is ${scrollWidth} px wide; ${innermost.slice(0, 3).map(name).join("; ") || "no element says why"}`];
}
