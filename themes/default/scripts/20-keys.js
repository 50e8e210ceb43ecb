// Keys: `?` for help, `g` and a letter to go somewhere, `j` and `k` (or `n` and `p`) to the next and previous report.
{
  const help = document.querySelector("[data-help]");
  let going = -Infinity;
  const follow = (selector) => document.querySelector(selector)?.click();
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  document.addEventListener("click", (event) => event.target.closest("[data-open-help]") && help?.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const wasGoing = event.timeStamp - going < 1500;
    going = -Infinity;
    if (wasGoing && /^[a-z]$/.test(event.key)) follow(`[data-go="${event.key}"]`);
    else if (event.key === "g") going = event.timeStamp;
    else if (event.key === "?" && help) help.showModal();
    else if (event.key === "j" || event.key === "n") follow("a[rel=next]");
    else if (event.key === "k" || event.key === "p") follow("a[rel=prev]");
    else return;
    event.preventDefault();
  });
  // A click beside the window closes it.
  help?.addEventListener("click", (event) => event.target === help && help.close());
}
