// Says that long work has begun when a form with data-busy="ID" is sent; the status with that id holds the words.
// Without scripts the browser's own sign of loading is all there is, and nothing else changes.
for (const form of document.querySelectorAll("form[data-busy]")) {
  const words = document.getElementById(form.dataset.busy)?.firstElementChild;
  if (!words) continue;
  form.addEventListener("submit", () => { words.hidden = false; });
  window.addEventListener("pageshow", () => { words.hidden = true; });
}
