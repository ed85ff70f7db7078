// In the queue the keys walk the list and assign a case; a link to a form opens it.
(() => {
  "use strict";
  const rows = [...document.querySelectorAll("[data-row]")];
  const current = () => rows.indexOf(document.activeElement?.closest?.("[data-row]"));
  const to = (at) => {
    const link = rows[Math.max(0, Math.min(rows.length - 1, at))]?.querySelector("th a");
    if (!link) return;
    link.focus({ preventScroll: true });
    link.closest("[data-row]").scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.target instanceof Element && event.target.closest("input:not([type=checkbox],[type=radio]), textarea, select")) return;
    if (!rows.length) return;
    if (event.key === "j") to(current() + 1);
    else if (event.key === "k") to(current() - 1);
    else if (event.key === "a") rows[current()]?.querySelector("[data-take]")?.click();
  });
  // A case is opened from the list as it stands here, and left for its neighbours in it (page.js).
  if (rows.length) sessionStorage.setItem("list", JSON.stringify({ at: location.pathname + location.search, ids: rows.map((row) => row.id) }));
  const filters = document.querySelector("details.filters");
  if (filters && !filters.hasAttribute("data-narrowed") && matchMedia("(max-width: 40rem)").matches) filters.open = false;
  const opened = () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.scrollIntoView({ block: "start" });
      target.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    } else if (target && rows.includes(target)) {
      target.querySelector("th a")?.focus();
    }
  };
  window.addEventListener("hashchange", opened);
  window.addEventListener("load", () => setTimeout(opened, 0)); // a browser takes the focus away as it goes to the name
})();
