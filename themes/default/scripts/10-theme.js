// The button in the header: as the system has it, light, dark. `boot.js` applies the choice on the next page.
{
  const button = document.querySelector("[data-theme-button]");
  if (button) {
    const root = document.documentElement;
    const names = button.dataset.names.split("|");
    const themes = ["auto", "light", "dark"];
    const show = () => {
      const now = root.dataset.theme ?? "auto";
      button.dataset.now = now;
      button.textContent = names[themes.indexOf(now)];
    };
    button.addEventListener("click", () => {
      const next = themes[(themes.indexOf(root.dataset.theme ?? "auto") + 1) % 3];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      try {
        if (next === "auto") localStorage.removeItem("aw-theme");
        else localStorage.setItem("aw-theme", next);
      } catch {
        // The choice then holds for this page.
      }
      show();
    });
    show();
  }
}
