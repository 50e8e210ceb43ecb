// Trusts what is typed and what stands in the address, as no script of the site does.
const results = document.querySelector("[data-results]");
const show = (text) => { results.innerHTML = text; };
addEventListener("hashchange", () => show(decodeURIComponent(location.hash)));
document.querySelector("[data-field]").addEventListener("input", (event) => show(event.target.value));
show(new URLSearchParams(location.search).get("q"));
