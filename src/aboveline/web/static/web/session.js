// Warns before a session ends and lengthens it on request. The page itself says the time for whoever has no scripts.
const dialog = document.getElementById("session-ending");
const { address, warn } = dialog.dataset;
const form = dialog.querySelector("form");
const close = dialog.querySelector("[data-close]");
let timer;

function show(said, at = "") {
  for (const part of dialog.querySelectorAll("[data-said]")) part.hidden = part.dataset.said !== said;
  for (const place of dialog.querySelectorAll("[data-at]")) place.textContent = at;
  // A page that saves by itself asks for sign-in in its own way.
  const event = new CustomEvent("session-ended", { cancelable: true });
  if (said === "ended" && !document.dispatchEvent(event)) return dialog.close();
  form.hidden = said !== "soon";
  close.hidden = said === "soon";
  if (!dialog.open) dialog.showModal();
}

function wait(seconds) {
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(1, seconds) * 1000);
}

// "Signed in" only where the server says so in its own words: a page of some proxy is no answer.
async function ask(options) {
  try {
    const answer = await fetch(address, { ...options, headers: { Accept: "application/json" } });
    if (answer.status === 401) return { ended: true };
    const said = await answer.json();
    return said.ok === true && Number.isFinite(said.seconds) ? said : {};
  } catch {
    return {};
  }
}

// Another tab may have kept the session going, so the server is asked before anybody is alarmed.
async function look() {
  const said = await ask();
  if (said.ended) return show("ended");
  if (said.seconds === undefined) return wait(30);
  if (said.seconds > warn) {
    if (dialog.open) dialog.close();
    return wait(said.seconds - warn);
  }
  show(said.for_good ? "for-good" : "soon", said.at);
  wait(said.seconds + 1);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = await ask({ method: "POST", body: new FormData(form) });
  if (said.ended) return show("ended");
  if (said.seconds === undefined) return;
  dialog.close();
  wait(said.seconds - warn);
});
close.addEventListener("click", () => dialog.close());
wait(Number(dialog.dataset.seconds) - warn);
