// Images that are shown smaller than they are open in a dialog.
afterword.prepare(() => {
  const enlarge = (image) => {
    const dialog = document.createElement("dialog");
    dialog.className = "zoom";
    const large = document.createElement("img");
    large.src = image.src;
    large.alt = image.alt;
    dialog.ariaLabel = image.alt;
    dialog.append(large);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  const prepare = (image) => {
    if (image.naturalWidth <= image.clientWidth || image.closest("a, button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "zoomable";
    image.replaceWith(button);
    button.append(image);
    button.addEventListener("click", () => enlarge(image));
  };
  for (const image of document.querySelectorAll("main .body img")) {
    if (image.complete) prepare(image);
    else image.addEventListener("load", () => prepare(image), { once: true });
  }
});
