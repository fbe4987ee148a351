// The case form with scripts: what applies, how far the case has come, answers by key; saving is in case_saving.js.
// Without this file the form works all the same: it is one form, saved by its buttons.

import { choose, showConflict } from "./case_conflict.js";
import { haltPanel } from "./case_halted.js";
import { Saving } from "./case_saving.js";

const form = document.getElementById("case-form");
const words = form.dataset;
const items = [...form.querySelectorAll(".cf-item")];
const questions = items.filter((item) => item.dataset.question);

// ---- values

const answerOf = (item) => item.querySelector('input[name$="-answer"]:checked')?.value ?? "";
const factsGiven = () =>
  Object.fromEntries(
    items.filter((item) => item.dataset.fact).map((item) => {
      const chosen = item.querySelector("select") ?? item.querySelector("input[type=radio]:checked");
      return [item.dataset.fact, chosen?.value ?? ""];
    }),
  );

const needsReason = (item) =>
  item.dataset.question && answerOf(item) === "not_applicable" && !item.querySelector('select[name$="-reason"]').value;

// ---- saving

let pressed; // the button of a save of the whole page, which waits until every answer is sent
let leaving = false;

function faulty(item, { problem, conflict }) {
  if (problem) return `${problem.message} ${problem.remedy}`;
  showConflict(item, conflict);
  return words.conflict;
}

const inConflict = (item) => item.querySelector(".cf-conflict");
const held = (item) => (inConflict(item) ? words.conflict : needsReason(item) ? words.choose : "");

const saving = new Saving(form, held, {
  faulty,
  settled: (done) => done.forEach((item) => delete item.dataset.wrong),
  failed: () => (pressed = undefined),
  halted: (why) => {
    pressed = undefined;
    panel.show(why);
  },
  resumed: () => panel.hide(),
  idle: submitPressed,
});
const panel = haltPanel(saving);

function chosen(item, control) {
  const { theirs, words: said } = choose(item, control);
  apply();
  if (!theirs) return saving.touched(item);
  saving.refused.delete(item);
  saving.dirty.delete(item);
  saving.say(item, said, "saved");
}

// ---- what applies, and how far the case has come

function appliesTo(clauses, facts) {
  const holds = (clause) => clause.some(([fact, allowed]) => allowed.includes(facts[fact]));
  const open = (clause) => holds(clause) || clause.some(([fact]) => !facts[fact]);
  if (clauses.every(holds)) return "yes";
  return clauses.every(open) ? "open" : "no";
}

function apply() {
  const facts = factsGiven();
  for (const item of questions.filter((question) => question.dataset.clauses)) {
    const judged = ["sufficient", "insufficient"].includes(answerOf(item));
    const state = appliesTo(JSON.parse(item.dataset.clauses), facts);
    const shown = state === "no" && judged ? "override" : state;
    if (shown !== item.dataset.applies) {
      item.dataset.applies = shown;
      item.querySelector(".cf-fold").open = shown !== "no" || item.contains(document.activeElement);
    }
  }
  count(facts);
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function count(facts) {
  const missing = new Set(form.querySelectorAll("[data-missing^='fact-']").length ? factsMissing(facts) : []);
  const totals = { answered: 0, expected: 0 };
  for (const section of form.querySelectorAll(".cf-criterion")) {
    const here = { answered: 0, expected: 0 };
    for (const item of section.querySelectorAll(".cf-question")) {
      const answered = answerOf(item) !== "";
      if (!answered && item.dataset.applies === "no") continue;
      here.expected += 1;
      if (answered) here.answered += 1;
      else missing.add(item.dataset.question);
    }
    totals.answered += here.answered;
    totals.expected += here.expected;
    section.querySelector(".cf-count").textContent = filled(words.count, here);
  }
  document.getElementById("cf-progress").textContent = filled(words.total, totals);
  document.getElementById("cf-missing").textContent = filled(words.missing, { missing: missing.size });
  for (const line of form.querySelectorAll("[data-missing]")) line.hidden = !missing.has(line.dataset.missing);
  form.querySelector(".cf-missing__none").hidden = missing.size > 0;
}

const needed = new Set(
  questions.flatMap((item) => JSON.parse(item.dataset.clauses ?? "[]").flat().map(([fact]) => fact)),
);
const factsMissing = (facts) => [...needed].filter((fact) => !facts[fact]).map((fact) => `fact-${fact}`);

// ---- events

form.addEventListener("change", (event) => {
  const item = event.target.closest(".cf-item");
  if (!item) return;
  if (event.target.name.endsWith("-choice")) return event.target.closest("[data-live]") && chosen(item, event.target);
  apply();
  saving.touched(item);
});

form.addEventListener("input", (event) => {
  const item = event.target.closest(".cf-item");
  if (item && event.target.tagName === "TEXTAREA") saving.touched(item, true);
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.type === "radio") event.preventDefault();
});

// Switched off by the person (on their account, or beside the form), no key but the browser's own does anything.
const KEYS = words.keys !== "on" ? {} : { s: "sufficient", i: "insufficient", n: "not_applicable", x: "" };

form.addEventListener("keydown", (event) => {
  const item = event.target.closest(".cf-question");
  const answer = KEYS[event.key.toLowerCase()];
  const writing = ["TEXTAREA", "SELECT"].includes(event.target.tagName);
  if (!item || answer === undefined || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  const radio = [...item.querySelectorAll('input[name$="-answer"]')].find((one) => one.value === answer);
  event.preventDefault();
  item.querySelector(".cf-fold")?.setAttribute("open", "");
  radio.focus();
  if (!radio.checked) {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

// A press of Save first saves what is not saved yet, so that nothing is lost where the person is signed out or the
// server cannot be reached; then it sends the whole page, whose answer shows what was refused.
form.addEventListener("submit", (event) => {
  if (leaving || !saving.unsaved.size) {
    leaving = true;
    return;
  }
  event.preventDefault();
  if (saving.halted) return panel.show(saving.halted);
  pressed = event.submitter ?? form.querySelector(".cf-bar button");
  saving.again();
});

function submitPressed() {
  if (!pressed) return;
  leaving = true;
  setTimeout(() => form.requestSubmit(pressed)); // not while the event that was stopped is still on its way
}

addEventListener("beforeunload", (event) => {
  if (!leaving && saving.unsaved.size) event.preventDefault();
});

document.querySelector(".cf-keys").hidden = false;
apply();
