// What every page does: `?` shows the keys of the page, other keys follow their link or press their button.
(() => {
  "use strict";
  const typing = (at) => at instanceof Element && at.closest("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || event.defaultPrevented) return;
    const keys = document.getElementById("keys");
    if (event.key === "?" && keys instanceof HTMLDialogElement) {
      event.preventDefault();
      if (keys.open) keys.close(); else keys.showModal();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (target instanceof HTMLElement) {
      event.preventDefault();
      target.focus();
      if (!target.matches("input, textarea, select")) target.click();
    }
  });
  document.addEventListener("click", (event) => {
    const opener = event.target instanceof Element ? event.target.closest("[data-opens]") : null;
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
  });
  // The list that a case was opened from: the way back to it as it was, and the cases before and after.
  const here = document.querySelector("[data-list]");
  if (document.querySelector("form[action='/sign-in']")) sessionStorage.removeItem("list");
  const list = here && JSON.parse(sessionStorage.getItem("list") || "null");
  if (list && list.ids.includes(here.dataset.list)) {
    here.href = `${list.at}#${here.dataset.list}`;
    const at = list.ids.indexOf(here.dataset.list);
    for (const link of document.querySelectorAll("[data-step]")) {
      const id = list.ids[at + Number(link.dataset.step)];
      if (!id) { link.remove(); continue; }
      link.href = link.dataset.base + id;
      link.parentElement.hidden = false;
    }
  }

  // On a narrow screen tabs scroll; the one that is shown is in sight.
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.closest(".tabs");
    row.scrollLeft += Math.max(0, tab.getBoundingClientRect().right - row.getBoundingClientRect().right + 16);
  }

  // Where a part of the page was put in, the focus goes to it: to what is wrong in it, or to its first field.
  let opener = null;
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.matches("a")) opener = event.target; });
  document.addEventListener("htmx:afterSwap", (event) => {
    const lost = document.activeElement === document.body || document.activeElement === opener;
    if (!lost || !(event.target instanceof Element)) return;
    const wanted = ["[aria-invalid=true]", "form input:not([type=hidden]), form select, form textarea"];
    const to = wanted.map((one) => event.target.querySelector(one)).find(Boolean);
    to?.focus({ preventScroll: true });
  });
  document.addEventListener("part:closed", () => opener?.focus());
})();
