// Says that long work has begun when a form with data-busy="ID" is sent; the status with that id holds the words.
// Without scripts the browser's own sign of loading is all there is, and nothing else changes.
for (const form of document.querySelectorAll("form[data-busy]")) {
  const status = document.getElementById(form.dataset.busy);
  const words = status?.firstElementChild;
  if (!words) continue;
  const bar = document.createElement("progress"); // without a value: it moves, and claims no share done
  bar.className = "ab-busy";
  bar.setAttribute("aria-labelledby", status.id);
  const show = (busy) => {
    words.hidden = !busy;
    if (busy) status.after(bar); else bar.remove();
  };
  form.addEventListener("submit", () => show(true));
  window.addEventListener("pageshow", () => show(false));
}
