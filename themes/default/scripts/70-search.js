// On every page: opens the search, loads its script when it is wanted, and marks the words that a result was found by.
(() => {
  "use strict";
  const template = document.getElementById("search-dialog");
  if (!template) return;
  const base = afterword.root;
  const data = new Map();
  afterword.search = (name, value) => data.set(name, value);
  afterword.shards = () => async (name, version) => {
    // Names carry a digest of the content, except these, which the version of the index stands for.
    await afterword.load(`search/${name}.js${version && name.startsWith("t/") ? "?v=" + version : ""}`);
    return data.get(name);
  };
  let loading;
  const ready = () => (loading = loading || afterword.load(template.dataset.client));

  let dialog, panel;
  async function open(text) {
    if (!dialog) {
      dialog = document.importNode(template.content, true).firstElementChild;
      document.body.append(dialog);
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
      });
    }
    const field = dialog.querySelector("[data-field]");
    if (!dialog.open) dialog.showModal();
    if (text) field.value = text;
    field.focus();
    field.select();
    if (text) field.setSelectionRange(text.length, text.length);
    await ready();
    panel = panel || afterword.panel(dialog, { base, dialog: true });
    panel.run();
  }

  const editable = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  document.addEventListener("keydown", (event) => {
    const combined = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !editable(event.target);
    if (!combined && !slash) return;
    event.preventDefault();
    const page = document.querySelector("[data-search-page] [data-field]");
    if (page) page.focus();
    else open("");
  });
  const page = document.querySelector("[data-search-page]");
  if (page) {
    const asked = new URLSearchParams(location.search);
    const field = page.querySelector("[data-field]"), sort = page.querySelector("[data-sort]");
    field.value = asked.get("q") || "";
    if (asked.get("sort")) sort.value = asked.get("sort");
    ready().then(() => afterword.panel(page, { base, dialog: false }).run());
    const remember = () => {
      try {
        const sorted = sort.value === "date" ? "&sort=date" : "";
        history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}${sorted}`);
      } catch { /* a page from a file keeps its address */ }
    };
    page.addEventListener("input", remember);
    page.addEventListener("submit", (event) => event.preventDefault());
  }
  for (const field of page ? [] : document.querySelectorAll("form[data-search] input")) {
    field.addEventListener("click", () => open(field.value));
    field.addEventListener("input", (event) => {
      if (event.isComposing) return;
      open(field.value);
      field.value = "";
    });
  }

  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/['’]s\b|['’]/g, "");
  const words = new Set((new URLSearchParams(location.search).get("hl") || "").split(" ").filter(Boolean));
  afterword.prepare(() => {
    const main = document.querySelector("main article") || document.querySelector("main");
    if (!words.size || !main) return;
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), texts = [];
    while (texts.length < 5000 && walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest("svg, mark, script, .over")) texts.push(walker.currentNode);
    }
    for (let node of texts) {
      const runs = [...node.data.matchAll(/[\p{L}\p{N}\p{M}]+(?:[-_.:/@'’]+[\p{L}\p{N}\p{M}]+)*/gu)].reverse();
      for (const { 0: run, index } of runs.filter((match) => words.has(plain(match[0])))) {
        const found = node.splitText(index);
        found.splitText(run.length);
        const mark = document.createElement("mark");
        found.replaceWith(mark);
        mark.append(found);
      }
    }
  });
})();
