// On paper: black on white, no navigation, nothing cut off at the edge of the sheet.
import { getDocumentProxy } from "unpdf";

const millimeter = 72 / 25.4;
const marginBoxes = 12 * millimeter; // what is drawn so near to the edge is a running header or footer
const fewWords = 8;

/** What would look wrong on a sheet of A4 with margins of 16 mm. */
export async function paper(page) {
  await page.setViewportSize({ width: 673, height: 900 });
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  const problems = await page.evaluate(look);
  const cut = await page.evaluate(() => {
    const seen = [...document.querySelectorAll("main *")].filter((element) => element.checkVisibility() && element.clientWidth > 1);
    return seen.filter((element) => getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1)
      .map((element) => `<${element.localName} class="${element.className}"> is cut off at ${element.clientWidth} of ${element.scrollWidth} px: "${element.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}"`);
  });
  return [...problems, ...cut];
}

function look() {
  const problems = [];
  const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  for (const nav of document.querySelectorAll("nav, .skip")) {
    if (shown(nav)) problems.push(`<${nav.localName}> "${nav.ariaLabel ?? nav.textContent.trim().slice(0, 40)}" is printed`);
  }
  // Whatever notation a color is written in, the canvas gives its channels.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgb = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const hex = (channels) => `#${channels.slice(0, 3).map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
  const body = getComputedStyle(document.body);
  const [ink, sheet] = [rgb(body.color), rgb(body.backgroundColor)];
  if (hex(ink) !== "#000000") problems.push(`the text is ${hex(ink)}, not black`);
  if (sheet[3] > 0 && hex(sheet) !== "#ffffff") problems.push(`the sheet is ${hex(sheet)}, not white`);
  const linear = (channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  const contrast = ([r, g, b]) => 1.05 / (0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05);
  const pale = new Map();
  for (const element of document.querySelectorAll("main *:not(svg *)")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!hasText || !shown(element)) continue;
    const { color, backgroundColor } = getComputedStyle(element);
    const ground = rgb(backgroundColor);
    const name = `<${element.localName} class="${element.className}">`;
    if (contrast(rgb(color)) < 4.5) pale.set(name, `${name} is printed in ${hex(rgb(color))}, ${contrast(rgb(color)).toFixed(1)}:1 on white`);
    else if (ground[3] > 0 && hex(ground) !== "#ffffff") pale.set(name, `${name} is printed on ${hex(ground)}`);
  }
  // Browsers leave backgrounds out on paper: a swatch that is nothing but its background must ask for it.
  const lost = new Map();
  for (const element of document.querySelectorAll("main *:not(svg *)")) {
    for (const pseudo of ["::before", "::after"]) {
      const { content, backgroundColor, backgroundImage, printColorAdjust } = getComputedStyle(element, pseudo);
      const painted = content === '""' && (backgroundImage !== "none" || rgb(backgroundColor)[3] > 0);
      if (!painted || printColorAdjust === "exact" || !shown(element)) continue;
      const name = [element.parentElement, element].map(({ localName, classList }) => [localName, ...classList].join(".")).join(" > ");
      lost.set(name + pseudo, `${name}${pseudo} is a background, which is not printed`);
    }
  }
  return [...problems, ...pale.values(), ...lost.values()];
}

/** A PDF of A4 pages: their number, its size, the addresses of how many sources are printed, and what is wrong with it. */
export async function pdf(page, { tagged = true } = {}) {
  await page.emulateMedia({ media: null, colorScheme: "light" });
  const bytes = await page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: false, tagged, outline: tagged });
  await page.emulateMedia({ media: "print" });
  const { sources, printed, words } = await page.evaluate(() => {
    const external = [...document.querySelectorAll("main a[href^=http]")];
    const shown = [...document.querySelectorAll("main *:not(svg *)")].filter((element) => element.checkVisibility({ visibilityProperty: true }));
    const own = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map(({ data }) => data);
    return {
      sources: external.length,
      printed: external.filter((link) => getComputedStyle(link, "::after").content.includes("http") || link.textContent.includes("://")).length,
      // Hidden for the eye only: the text of such an element is one pixel wide.
      words: shown.filter((element) => element.getBoundingClientRect().width > 2).flatMap(own).join(" ").match(/\p{L}{4,}/gu) ?? [],
    };
  });
  await page.emulateMedia({ media: null });
  const { sheets, marked } = await read(bytes);
  const problems = [...layout(sheets), ...missing(words, sheets)];
  if (!marked) problems.push("the PDF is not tagged, so a screen reader finds no structure in it");
  if (printed && printed !== sources) problems.push(`the addresses of ${printed} of ${sources} external links are printed`);
  return { pages: sheets.length, kilobytes: Math.round(bytes.length / 1024), sources, printed, problems };
}

/** The texts on each sheet with their places in points, from the upper left corner. */
async function read(bytes) {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const sheets = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const sheet = await document.getPage(number);
    const [, , width, height] = sheet.view;
    const { items } = await sheet.getTextContent();
    sheets.push({ width, height, items: items.filter(({ str }) => str.trim()).map(({ str, transform, width, height: size }) =>
      ({ text: str, x: transform[4], y: height - transform[5], width, size })) });
  }
  const marked = Boolean((await document.getMarkInfo())?.Marked);
  await document.destroy();
  return { sheets, marked };
}

/** Sheets with hardly anything on them, headings left alone at the foot of a sheet, text beyond the edge. */
function layout(sheets) {
  return sheets.flatMap(({ width, height, items }, index) => {
    const name = `sheet ${index + 1} of ${sheets.length}`;
    const body = items.filter(({ y }) => y > marginBoxes && y < height - marginBoxes);
    const text = body.map((item) => item.text).join(" ");
    const problems = items.filter((item) => item.x < 0 || item.x + item.width > width + 1)
      .map((item) => `${name}: cut off at the edge: "${item.text.slice(0, 60)}"`);
    if (text.split(/\s+/).length < fewWords) problems.push(`${name} holds only "${text}"`);
    else if (index + 1 < sheets.length) {
      const sizes = body.map(({ size }) => size).sort((a, b) => a - b);
      const last = body.reduce((lower, item) => (item.y > lower.y ? item : lower));
      if (last.size > 1.25 * sizes[Math.floor((sizes.length - 1) / 2)]) problems.push(`${name} ends with the heading "${last.text}"`);
    }
    return problems;
  });
}

/** Words that the page shows and no sheet holds. A word may be broken over lines, and its line over sheets. */
function missing(words, sheets) {
  const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}]+/gu, "");
  const all = plain(sheets.flatMap(({ items }) => items.map(({ text }) => text)).join(""));
  const lost = [...new Set(words)].filter((word) => !all.includes(plain(word)));
  return lost.length ? [`${lost.length} words of the page are on no sheet: ${lost.slice(0, 8).join(", ")}`] : [];
}
