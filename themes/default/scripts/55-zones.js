// Shows the times of the timeline in UTC, the zone of the site, or the reader's own. The choice is remembered.
afterword.prepare(() => {
  const choice = document.querySelector("[data-zones]");
  if (choice) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const reader = [...choice.options].find((option) => option.value === "reader");
    if ([...choice.options].some((option) => option.value === own)) reader.remove();
    else {
      reader.value = own;
      reader.textContent += ` (${own})`;
    }
    const lang = document.documentElement.lang || undefined;
    const times = [...document.querySelectorAll("main time[datetime*=T]")].map((time) => ({ time, utc: time.textContent }));
    const show = (zone) => {
      const part = (options) => new Intl.DateTimeFormat(lang, { timeZone: zone, ...options });
      const clock = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      const day = part({ day: "numeric", month: "short" });
      const whole = part({ day: "numeric", month: "short", year: "numeric" });
      const inUtc = new Intl.DateTimeFormat(lang, { timeZone: "UTC", day: "numeric", month: "short" });
      for (const { time, utc } of times) {
        const at = new Date(time.dateTime);
        if (zone === "UTC") time.textContent = utc;
        else if (time.dataset.clock === undefined) time.textContent = `${whole.format(at)}, ${clock.format(at)}`;
        else {
          const about = utc.startsWith("~") ? "~" : "";
          const other = day.format(at) === inUtc.format(at) ? "" : `${day.format(at)} `;
          time.textContent = other + about + clock.format(at);
        }
      }
    };
    choice.addEventListener("change", () => {
      show(choice.value);
      try {
        localStorage.setItem("aw-zone", choice.value);
      } catch {
        // The choice then holds for this page.
      }
    });
    try {
      const kept = localStorage.getItem("aw-zone");
      if (kept && [...choice.options].some((option) => option.value === kept)) choice.value = kept;
    } catch {
      // UTC, as written.
    }
    if (choice.value !== "UTC") show(choice.value);
  }
});
