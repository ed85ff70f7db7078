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
})();
