// Two answers to one question: both are shown in their place, and the person chooses which stands.

import { seenOf } from "./case_saving.js";

const shown = new WeakMap(); // the newest values of an item in conflict, as the form shows them

export function showConflict(item, conflict) {
  item.querySelector(".cf-conflict")?.remove();
  shown.set(item, conflict);
  seenOf(item).value = conflict.seen;
  item.dataset.wrong = "yes";
  const drawn = document.createElement("template");
  drawn.innerHTML = conflict.notice; // drawn and escaped by the server, as in a page of its own
  const notice = drawn.content.querySelector(".cf-conflict");
  if (!notice) return;
  notice.dataset.live = "yes";
  const place = item.querySelector("fieldset:not(.cf-conflict fieldset), .cf-label");
  place.before(notice);
  item.querySelector(".cf-fold")?.setAttribute("open", "");
}

// Carries out the choice: theirs are put into the form, mine stay and are to be saved over them.
export function choose(item, control) {
  const { shown: values, name, when } = shown.get(item);
  const theirs = control.value === "theirs";
  if (theirs) for (const [field, value] of Object.entries(values)) put(item, `${name}-${field}`, value);
  item.querySelector(".cf-conflict").remove();
  delete item.dataset.wrong;
  (item.querySelector("input[type=radio]:checked") ?? item.querySelector("select, input[type=radio]")).focus();
  return { theirs, words: when };
}

function put(item, name, value) {
  for (const control of item.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (control.type === "radio") control.checked = control.value === value;
    else control.value = value;
  }
}
