/* The preview: shows a page as it is now when it changed, where it was read, and lists what was found. Not part of the site. */
(() => {
  "use strict";
  const { swap } = document.currentScript.dataset;
  let { digest, version } = document.currentScript.dataset;
  const here = location.pathname + location.search;
  const KEPT = "afterword-live";
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("afterword-live") : null;
  let known = null;

  /* Where the reader is: the last element with an id above the fold, and how far it is from the top. */
  const place = () => {
    const above = [...document.querySelectorAll("main [id]")].filter((element) => element.getBoundingClientRect().top <= 80);
    const mark = above[above.length - 1];
    return { here, y: scrollY, id: mark ? mark.id : "", top: mark ? mark.getBoundingClientRect().top : 0 };
  };

  const go = ({ y, id, top }) => {
    const mark = y > 0 && id ? document.getElementById(id) : null;
    scrollTo({ top: mark ? scrollY + mark.getBoundingClientRect().top - top : y, behavior: "instant" });
    document.documentElement.dataset.reloaded = String(Date.now());
  };

  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    sessionStorage.removeItem(KEPT);
    if (!kept || kept.here !== here) return;
    history.scrollRestoration = "manual";
    go(kept);
    history.scrollRestoration = "auto";
  };

  const reload = () => {
    sessionStorage.setItem(KEPT, JSON.stringify(place()));
    location.reload();
  };

  const fetched = () =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("GET", here);
      request.responseType = "document";
      request.addEventListener("load", () => resolve(request.response));
      request.addEventListener("error", reject);
      request.send();
    });

  /* Parts of a page that may be put in the place of what stands there, from the top to the bottom. */
  const PARTS = "body > .crumbs, body > main, body > footer";
  /* Scripts of these pages hold what they found in them. */
  const HELD = "[data-list], [data-search-page]";

  const frame = (page) => [...page.querySelectorAll("body > header a")].map((link) => link.outerHTML).join();
  const asks = (page) => [...page.head.querySelectorAll("script[src], link[rel=stylesheet]")].map((part) => part.getAttribute("src") || part.getAttribute("href"));

  /* Whether only the parts are others: then no change of documents is needed, which takes a browser fifty milliseconds. */
  const fits = (next) => {
    if (!swap || !next || document.querySelector(`${HELD}, dialog[open]`) || next.querySelector(HELD)) return false;
    const known = new Set(asks(document));
    const [old, now] = [document, next].map((page) => page.querySelectorAll(PARTS));
    const same = old.length === now.length && [...old].every((part, at) => part.localName === now[at].localName);
    return same && frame(document) === frame(next) && asks(next).every((asked) => known.has(asked));
  };

  const put = (next) => {
    const reader = place();
    const open = [...document.querySelectorAll("main details")].map((details) => details.open);
    const parts = [...next.querySelectorAll(PARTS)];
    [...document.querySelectorAll(PARTS)].forEach((part, at) => part.replaceWith(document.adoptNode(parts[at])));
    const details = [...document.querySelectorAll("main details")];
    if (details.length === open.length) details.forEach((one, at) => { one.open = open[at]; });
    document.title = next.title;
    globalThis.afterword.again();
    go(reader);
  };

  /* The page as it is now. */
  const renew = async () => {
    const next = await fetched().catch(() => null);
    const script = next && next.querySelector("script[data-digest]");
    if (!script || !fits(next)) return reload();
    ({ digest, version } = script.dataset);
    put(next);
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  let panel = null;
  let closed = "";
  const close = () => {
    if (!panel) return;
    closed = panel.dataset.told;
    panel.remove();
    panel = null;
  };

  const list = (told) => {
    const all = element("ul");
    for (const found of told.findings) {
      const item = element("li", found.level);
      const head = element("p", "head");
      head.append(element("b", "", found.level), ` ${found.code} `, element("code", "", found.place));
      item.append(head, element("p", "", found.message));
      if (found.help) item.append(element("p", "help", found.help));
      all.append(item);
    }
    return all;
  };

  const show = (told) => {
    const text = JSON.stringify([told.failed, told.findings]);
    if (panel && panel.isConnected && panel.dataset.told === text) return;
    if (panel) panel.remove();
    panel = null;
    if (!told.findings.length || (closed === text && !told.failed)) return;
    panel = element("details", `afterword-live${told.failed ? " failed" : ""}`);
    panel.dataset.told = text;
    panel.open = told.failed;
    const count = `${told.all} ${told.all === 1 ? "finding" : "findings"}`;
    const summary = element("summary", "", told.failed ? `${count}: this is the last good site` : count);
    summary.setAttribute("role", "status");
    const hide = element("button", "", "Close");
    hide.type = "button";
    hide.addEventListener("click", close);
    panel.append(summary, list(told), hide);
    document.body.append(panel);
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel && panel.open) close();
  });

  /* News that another tab heard tell nothing of this page. */
  const changed = async ({ page }) => {
    if (page) return page !== digest;
    const answer = await fetch(here, { method: "HEAD", cache: "no-store" });
    return answer.headers.get("x-afterword-page") !== digest;
  };

  const hear = async (told) => {
    show(told);
    if (told.failed || told.version === known) return;
    known = told.version;
    if (String(known) !== version && (await changed(told))) await renew();
  };

  /* One after the other: news come from the server and from another tab. */
  let turn = Promise.resolve();
  const take = (told) => (turn = turn.then(() => hear(told)).catch(() => {}));

  const get = async (since) =>
    (await fetch(`/_afterword/live?since=${since}&page=${location.pathname}`, { cache: "no-store" })).json();

  /* Waits for news again and again, and tells the other tabs. */
  const ask = async () => {
    let pause = 250;
    let heard = "";
    for (;;) {
      try {
        const told = await get(heard);
        heard = told.version;
        pause = 250;
        if (channel) channel.postMessage({ ...told, page: undefined });
        await take(told);
      } catch {
        await new Promise((later) => setTimeout(later, pause));
        pause = Math.min(pause * 2, 4000);
      }
    }
  };

  if (document.readyState === "complete") restore();
  else addEventListener("load", restore);
  if (channel) channel.addEventListener("message", (event) => take(event.data));
  /* One tab asks for all of them: a browser opens six connections to a server at most. */
  if (channel && navigator.locks) {
    get("").then(take).catch(() => {});
    navigator.locks.request("afterword-live", ask);
  } else {
    ask();
  }
})();
