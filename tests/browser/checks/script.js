// The site without JavaScript.

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
