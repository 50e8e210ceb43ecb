// A button on each block of code that copies it.
afterword.prepare(() => {
  const [copy, copied] = (document.body.dataset.copy ?? "").split("|");
  const byHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  for (const pre of copy ? document.querySelectorAll("main pre") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(pre.textContent);
      } catch {
        byHand(pre.textContent);
        button.focus();
      }
      button.textContent = copied;
      button.classList.add("done");
      setTimeout(() => {
        button.textContent = copy;
        button.classList.remove("done");
      }, 1500);
    });
    const block = document.createElement("div");
    block.className = "code";
    pre.replaceWith(block);
    block.append(pre, button);
  }
});
