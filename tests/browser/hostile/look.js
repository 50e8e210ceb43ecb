// What injected script would leave behind, and the ways through a page by which it might get in.

/** Elements and attributes that run or load something, of the page as scripts have made it. */
export const scan = (own) => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    const outer = () => element.outerHTML.slice(0, 120);
    if (["iframe", "frame", "object", "embed", "base", "applet", "style", "marquee"].includes(name)) found.push(`an element: ${outer()}`);
    if (name === "script" && !(element.src ? element.src.startsWith(own) : /json$/.test(element.type))) found.push(`a script: ${outer()}`);
    if (name === "meta" && /refresh/i.test(element.httpEquiv)) found.push(`a refresh: ${outer()}`);
    for (const attribute of element.attributes) {
      if (/^on|^(srcdoc|formaction|style|background|ping)$/i.test(attribute.name)) found.push(`an attribute: ${outer()}`);
    }
    const address = element.href?.baseVal ?? element.href ?? element.src ?? element.action;
    if (typeof address === "string" && address && !address.startsWith("#")) {
      const { protocol, href } = new URL(address, document.baseURI);
      if (!["http:", "https:", "mailto:"].includes(protocol) && !href.startsWith(own)) found.push(`an address: ${outer()}`);
    }
  }
  return found;
};

/** Links that lead away from the site, as places among all links of the page. */
export const away = (own) => [...document.links].flatMap((link, at) => (link.href.startsWith(own) || link.protocol === "mailto:" ? [] : [{ at, href: link.href }]));

/** Enters each text into a field, with time to answer. */
export const enter = async ([selector, texts, pause]) => {
  const field = [...document.querySelectorAll(selector)].at(-1);
  for (const text of texts) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((later) => setTimeout(later, pause));
  }
};

/** Puts each text into the fragment of the address, as the state of a list. */
export const fragments = async ([texts, pause]) => {
  for (const text of texts) {
    const word = encodeURIComponent(text);
    location.hash = `#service=${word}&severity=sev2,${word}&year=${word}&q=${word}&sort=${word}&page=${word}`;
    await new Promise((later) => setTimeout(later, pause));
    location.hash = `#q=${text}`;
    await new Promise((later) => setTimeout(later, pause));
  }
};
