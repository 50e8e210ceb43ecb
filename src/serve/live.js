/* The preview: loads a page again when it changed, where it was read, and lists what was found. Not part of the site. */
(() => {
  "use strict";
  const { digest, version } = document.currentScript.dataset;
  const here = location.pathname + location.search;
  const KEPT = "afterword-live";
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("afterword-live") : null;
  let known = null;

  /* Where the reader is: the last element with an id above the fold, and how far it is from the top. */
  const keep = () => {
    const above = [...document.querySelectorAll("main [id]")].filter((element) => element.getBoundingClientRect().top <= 80);
    const mark = above[above.length - 1];
    const place = { here, y: scrollY, id: mark ? mark.id : "", top: mark ? mark.getBoundingClientRect().top : 0 };
    sessionStorage.setItem(KEPT, JSON.stringify(place));
  };

  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    sessionStorage.removeItem(KEPT);
    if (!kept || kept.here !== here) return;
    history.scrollRestoration = "manual";
    const mark = kept.y > 0 && kept.id ? document.getElementById(kept.id) : null;
    scrollTo({ top: mark ? scrollY + mark.getBoundingClientRect().top - kept.top : kept.y, behavior: "instant" });
    document.documentElement.dataset.reloaded = String(Date.now());
    history.scrollRestoration = "auto";
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
    if (panel && panel.dataset.told === text) return;
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
    if (String(known) !== version && (await changed(told))) {
      keep();
      location.reload();
    }
  };

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
        await hear(told);
      } catch {
        await new Promise((later) => setTimeout(later, pause));
        pause = Math.min(pause * 2, 4000);
      }
    }
  };

  if (document.readyState === "complete") restore();
  else addEventListener("load", restore);
  if (channel) channel.addEventListener("message", (event) => hear(event.data));
  /* One tab asks for all of them: a browser opens six connections to a server at most. */
  if (channel && navigator.locks) {
    get("").then(hear).catch(() => {});
    navigator.locks.request("afterword-live", ask);
  } else {
    ask();
  }
})();
