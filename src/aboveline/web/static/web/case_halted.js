// Saving cannot go on until the person acts: says why, keeps everything typed, and offers the way on.

import { ask, nameOf } from "./case_saving.js";

const TYPING_PAUSE_MS = 1000;

export function haltPanel(saving) {
  const panel = document.getElementById("cf-halted"), dialog = document.getElementById("cf-sign-in");
  const place = dialog.querySelector("[data-form]"), download = panel.querySelector("[data-download]");
  let typed = 0;
  saving.form.addEventListener("input", () => (typed = Date.now()));

  function show(why) {
    for (const part of panel.querySelectorAll("[data-halt]")) part.hidden = !part.dataset.halt.split(" ").includes(why);
    panel.hidden = false;
    if (why === "signedOut") openInPause();
  }

  // Not under the fingers of somebody who is typing: what they type would go into the wrong field.
  function openInPause() {
    const left = typed + TYPING_PAUSE_MS - Date.now();
    if (left > 0) return setTimeout(openInPause, left);
    if (saving.halted === "signedOut" && !dialog.open) open();
  }

  function open() {
    place.replaceChildren();
    dialog.showModal();
    fetched(dialog.dataset.address);
  }

  // The sign-in page's own form, whatever it asks for next; where none comes, the link to the page remains.
  async function fetched(address, options = {}) {
    let text = "";
    try {
      text = await (await fetch(address, { ...options, headers: { Accept: "text/html" } })).text();
    } catch {
      return;
    }
    const { error } = await ask(saving.form.action);
    if (error !== "signed_out") return signedIn();
    const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    const form = main?.querySelector("form:has(input[type=password], input[name=code])");
    if (form) place.replaceChildren(...[main.querySelector(".govuk-error-summary"), form].filter(Boolean));
    if (options.method) place.querySelector("input:not([type=hidden])")?.focus();
  }

  function signedIn() {
    if (dialog.open) dialog.close();
    saving.renew();
  }

  function hide() {
    panel.hidden = true;
    if (dialog.open) dialog.close();
  }

  place.addEventListener("submit", (event) => {
    event.preventDefault();
    fetched(event.target.getAttribute("action"), { method: "POST", body: new FormData(event.target) });
  });
  document.addEventListener("session-ended", (event) => {
    event.preventDefault();
    if (saving.halted) show(saving.halted);
    else saving.halt("signedOut");
  });
  dialog.querySelector("[data-signed-in]").addEventListener("click", signedIn);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  panel.querySelector("[data-open]").addEventListener("click", open);
  panel.querySelector("[data-again]").addEventListener("click", () => saving.renew());
  download.addEventListener("click", () => give(textOf(saving.unsaved), download.dataset.download));
  panel.querySelector("[data-copy]").addEventListener("click", async (event) => {
    await navigator.clipboard.writeText(textOf(saving.unsaved));
    panel.querySelector("[data-copied]").textContent = event.target.dataset.copy;
  });
  return { show, hide };
}

// What was typed, as plain text in the order of the page.
function textOf(items) {
  const wanted = [...document.querySelectorAll(".cf-item")].filter((item) => items.has(item));
  return wanted.map((item) => [item.querySelector(".cf-label").innerText, ...given(item)].join("\n")).join("\n\n");
}

function given(item) {
  const lines = [];
  for (const control of item.querySelectorAll("input:checked:not([name$='-choice']), select, textarea")) {
    const value = control.tagName === "SELECT" ? control.selectedOptions[0].text : control.value;
    if (control.type === "radio") lines.push(control.labels[0].innerText);
    else if (control.value) lines.push(`${control.labels[0].firstChild.textContent.trim()}: ${value}`);
  }
  return lines.length ? lines : [nameOf(item)];
}

function give(text, name) {
  const link = Object.assign(document.createElement("a"), { download: name });
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
