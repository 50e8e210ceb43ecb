// Every link, image and sheet of a page leads to a file of the site, and every anchor to an element there.
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

// What a script of a list writes into the address is the state of the list (`#severity=sev1`), and no anchor.
const addresses = () => [...document.querySelectorAll("[href], [src]")].filter((element) => !(element.closest("[data-list]")
  && /^#[a-z]+=/.test(element.getAttribute("href")))).map((element) => ({
  written: element.getAttribute("href") ?? element.getAttribute("src"),
  url: new URL(element.getAttribute("href") ?? element.getAttribute("src"), document.baseURI).href,
}));

const anchors = new Map();

/** What does not lead anywhere. `load` gives the text behind an address, or nothing; `within` is where the site begins. */
export async function links(page, within, load) {
  const problems = new Set();
  for (const { written, url } of await page.evaluate(addresses)) {
    const { protocol, hash } = new URL(url);
    if (!url.startsWith(within)) {
      if (!["http:", "https:", "mailto:", "tel:"].includes(protocol)) problems.add(`"${written}" leads out of the site, to ${url}`);
      continue;
    }
    const bare = (long) => long.split("#")[0].split("?")[0];
    const address = bare(url);
    if (!anchors.has(address)) {
      const text = await (address === bare(page.url()) ? page.content() : load(address));
      anchors.set(address, text === undefined ? undefined : new Set([...text.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1])));
    }
    const ids = anchors.get(address);
    if (!ids) problems.add(`"${written}" leads nowhere: ${address}`);
    else if (hash.length > 1 && !ids.has(decodeURIComponent(hash.slice(1)))) problems.add(`"${written}": no element has the id ${hash} in ${address}`);
  }
  return [...problems];
}

export async function fromDisk(address) {
  const file = fileURLToPath(address);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, "utf8") : undefined;
}

export async function fromServer(address) {
  const response = await fetch(address);
  return response.ok ? response.text() : undefined;
}
