// Nothing moves under the eyes of the reader, neither while a page loads nor while one scrolls through it.

/** Runs in the page before anything of it. */
export function watchShifts() {
  window.shifts = [];
  const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      window.shifts.push({ value, moved: sources.map(({ node, previousRect, currentRect }) => ({
        what: node?.nodeType === Node.ELEMENT_NODE ? node.cloneNode(false).outerHTML.slice(0, 100) : `"${node?.textContent.trim().slice(0, 60) ?? ""}"`,
        from: box(previousRect), to: box(currentRect),
      })) });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Every shift since the page was asked for, after scrolling through it. */
export async function shifts(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (let steps = 0; steps < 60; steps += 1) {
      const before = scrollY;
      scrollBy({ top: innerHeight * 0.9, behavior: "instant" });
      await frame();
      if (scrollY === before) break;
    }
    scrollTo({ top: 0, behavior: "instant" });
    await frame();
    await new Promise((done) => setTimeout(done, 50)); // the observer is called in a task of its own
  });
  const all = await page.evaluate(() => window.shifts);
  return all.filter(({ value }) => value > 0).map(({ value, moved }) =>
    `shifts by ${value.toFixed(4)}: ${moved.slice(0, 3).map(({ what, from, to }) => `${what} from ${from} to ${to}`).join("; ")}`);
}
