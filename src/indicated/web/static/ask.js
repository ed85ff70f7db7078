// Files can be dropped anywhere on the form; the cursor goes to the field that something is wrong with.
(() => {
  "use strict";
  const form = document.getElementById("ask");
  const input = document.getElementById("f-files");
  const field = document.querySelector("[data-drop]");
  if (!form || !input || !field) return;
  const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    field.classList.add("over");
  });
  form.addEventListener("dragleave", () => field.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    field.classList.remove("over");
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
    input.files = all.files;
  });
  document.body.addEventListener("htmx:afterRequest", () => {
    for (const wrong of form.querySelectorAll("[id^=wrong-]")) {
      const about = document.getElementById(wrong.id.replace("wrong-", "f-"));
      if (!about) continue;
      if (!wrong.textContent.trim()) { about.removeAttribute("aria-invalid"); continue; }
      about.setAttribute("aria-invalid", "true");
      about.closest("details")?.setAttribute("open", "");
      about.focus();
    }
  });
})();
