// On paper: black on white, no navigation, nothing cut off at the edge of the sheet.
import { inflateSync } from "node:zlib";

/** What would look wrong on a sheet of A4 with margins of 16 mm. */
export async function paper(page) {
  await page.setViewportSize({ width: 673, height: 900 });
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  const problems = await page.evaluate(look);
  const cut = await page.evaluate(() => {
    const seen = [...document.querySelectorAll("main *")].filter((element) => element.checkVisibility() && element.clientWidth);
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

/** Makes a PDF of A4 pages: their number, whether the file is tagged, and the addresses of how many sources are printed. */
export async function pdf(page) {
  await page.emulateMedia({ media: null, colorScheme: "light" });
  const bytes = await page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: false, tagged: true, outline: true });
  const text = bytes.toString("latin1");
  const objects = [text, ...inflated(bytes, text)].join("\n");
  await page.emulateMedia({ media: "print" });
  const [sources, printed] = await page.evaluate(() => {
    const external = [...document.querySelectorAll("main a[href^=http]")];
    return [external.length, external.filter((link) => getComputedStyle(link, "::after").content.includes("http")
      || link.textContent.includes("://")).length];
  });
  return { pages: objects.match(/\/Type\s*\/Page\b/g)?.length ?? 0, kilobytes: Math.round(bytes.length / 1024), tagged: objects.includes("/StructTreeRoot"), sources, printed };
}

/** Object streams, where the objects of a page may be packed. */
function inflated(bytes, text) {
  return [...text.matchAll(/\/Type\s*\/ObjStm[\s\S]*?stream\r?\n/g)].map((match) => {
    const start = match.index + match[0].length;
    return inflateSync(bytes.subarray(start, text.indexOf("endstream", start))).toString("latin1");
  });
}
