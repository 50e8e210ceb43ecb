// Says in the table of contents which section is being read.
afterword.prepare(() => {
  const links = [...document.querySelectorAll("[data-contents] a")];
  const sections = new Map();
  for (const link of links) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) sections.set(heading, link);
  }
  if (sections.size && "IntersectionObserver" in window) {
    const headings = [...sections.keys()];
    const mark = () => {
      const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3);
      const current = sections.get(above.at(-1) ?? headings[0]);
      for (const link of links) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    // A heading counts as soon as it is above the lower edge, however far: each one that passes the edge is told.
    const observer = new IntersectionObserver(mark, { rootMargin: "1000000px 0px -70% 0px" });
    headings.forEach((heading) => observer.observe(heading));
  }
});
