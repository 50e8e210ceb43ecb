// Runs before the first paint: the theme that the reader chose, and the sign that scripts work.
{
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("aw-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Nothing is kept where storage is off.
  }
  // A transition between pages that cannot be shown is no error.
  const unshown = ({ viewTransition: shown }) => {
    for (const step of shown ? [shown.updateCallbackDone, shown.ready, shown.finished] : []) step.catch(() => {});
  };
  addEventListener("pageswap", unshown);
  addEventListener("pagereveal", unshown);
}
