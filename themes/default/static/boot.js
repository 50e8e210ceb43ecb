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
  // A transition between pages that cannot be shown, as after a reload, is no error.
  addEventListener("unhandledrejection", (event) => {
    if (/^Transition was /.test(event.reason?.message)) event.preventDefault();
  });
}
