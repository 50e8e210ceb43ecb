// Narrows the list of incidents to the rows that hold every word typed. Without it the list is simply whole.
{
  const field = document.querySelector("[data-filter]");
  if (field) {
    const rows = [...document.querySelectorAll("[data-rows] tbody tr")];
    const words = rows.map((row) => row.textContent.toLowerCase());
    const shown = document.querySelector("[data-shown]");
    const narrow = () => {
      const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, at) => {
        row.hidden = !wanted.every((word) => words[at].includes(word));
        if (!row.hidden) count += 1;
      });
      shown.textContent = wanted.length ? `${count} of ${rows.length} on this page` : "";
    };
    field.closest("[hidden]").hidden = false;
    field.addEventListener("input", narrow);
  }
}
