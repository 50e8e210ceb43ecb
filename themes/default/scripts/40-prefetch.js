// Fetches a page of the site when the pointer rests on its link or presses it, so that it is there on the click.
if (location.protocol.startsWith("http") && !navigator.connection?.saveData) {
  const asked = new Set([location.pathname]);
  const fetchPage = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || asked.has(link.pathname)) return;
    asked.add(link.pathname);
    const hint = document.createElement("link");
    hint.rel = "prefetch";
    hint.href = link.origin + link.pathname;
    document.head.append(hint);
  };
  let resting;
  document.addEventListener("pointerover", (event) => {
    clearTimeout(resting);
    resting = setTimeout(fetchPage, 80, event);
  });
  document.addEventListener("pointerdown", fetchPage);
}
