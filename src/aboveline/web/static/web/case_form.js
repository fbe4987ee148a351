// Saves each answer as it is given, and says "Saved" only when the server has confirmed it.
// Without this file the form works all the same: it is one form, saved by its buttons.

const form = document.getElementById("case-form");
const words = form.dataset;
const bar = document.getElementById("cf-state");
const items = [...form.querySelectorAll(".cf-item")];
const questions = items.filter((item) => item.dataset.question);
const RETRY_MS = 5000, TYPING_MS = 1500;

const dirty = new Set(); // changed since they were last sent
let sending; // { items, body }: kept until the server has answered this very request
let typing, retry;

// ---- values

const controls = (item) => [...item.querySelectorAll("input, select, textarea")];
const seenOf = (item) => item.querySelector('input[name$="-seen"]');
const answerOf = (item) => item.querySelector('input[name$="-answer"]:checked')?.value ?? "";
const factsGiven = () =>
  Object.fromEntries(
    items.filter((item) => item.dataset.fact).map((item) => {
      const chosen = item.querySelector("select") ?? item.querySelector("input[type=radio]:checked");
      return [item.dataset.fact, chosen?.value ?? ""];
    }),
  );

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bodyOf(changed) {
  const body = new URLSearchParams({ key: newKey() });
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const control of changed.flatMap(controls)) {
    if (control.type !== "radio" || control.checked) body.append(control.name, control.value);
  }
  return body;
}

// ---- what is said of saving

function say(item, text, state) {
  const line = item.querySelector(".cf-state");
  line.textContent = text;
  line.dataset.state = state;
  const rest = state === "saved" && dirty.size; // one saved answer does not make the page saved
  bar.textContent = rest ? words.pending : text;
  bar.dataset.state = rest ? "pending" : state;
}

function sayAll(changed, text, state) {
  for (const item of changed) say(item, text, state);
}

// ---- saving

function touched(item, wait = 0) {
  dirty.add(item);
  say(item, words.pending, "pending");
  clearTimeout(typing);
  typing = setTimeout(flush, wait);
}

const needsReason = (item) =>
  item.dataset.question && answerOf(item) === "not_applicable" && !item.querySelector('select[name$="-reason"]').value;

function flush() {
  if (sending) return;
  const ready = [...dirty].filter((item) => !needsReason(item));
  sayAll([...dirty].filter(needsReason), words.choose, "unsaved");
  if (!ready.length) return submitPressed();
  ready.forEach((item) => dirty.delete(item));
  sending = { items: ready, body: bodyOf(ready) };
  send();
}

async function send() {
  const { items: sent, body } = sending;
  clearTimeout(retry);
  sayAll(sent, words.saving, "saving");
  let response, answer;
  try {
    response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
    answer = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : null;
  } catch {
    answer = null;
  }
  if (response?.status === 401) return keep(sent, words.signedOut);
  if (response?.status === 403) await renewToken(body);
  if (!answer) {
    pressed = undefined;
    sayAll(sent, words.unsaved, "unsaved");
    retry = setTimeout(send, RETRY_MS); // the same request with the same key: it has one effect however often it arrives
    return;
  }
  if (answer.error) return keep(sent, words.unsaved);
  sending = undefined;
  const more = dirty.size; // changed while this was on its way
  confirmed(sent, answer);
  if (pressed) submitPressed();
  else if (more) flush();
}

function keep(sent, text) {
  sending = pressed = undefined;
  sent.forEach((item) => dirty.add(item));
  sayAll(sent, text, "unsaved");
}

function confirmed(sent, answer) {
  for (const [name, token] of Object.entries(answer.seen)) seenOf(document.getElementById(name)).value = token;
  const wrong = new Map(answer.problems.map((problem) => [problem.place.path, `${problem.message} ${problem.remedy}`]));
  answer.conflicts.forEach((conflict) => wrong.set(conflict.id, words.conflict));
  for (const item of sent) {
    const fault = wrong.get(item.dataset.question ?? item.dataset.fact);
    const changedSince = dirty.has(item);
    if (!fault && !changedSince) say(item, `${words.saved} ${answer.at}`, "saved");
  }
  for (const item of sent) {
    const fault = wrong.get(item.dataset.question ?? item.dataset.fact);
    if (fault) {
      dirty.add(item);
      say(item, fault, "unsaved");
    }
  }
}

// Signing in again in another tab gives this page's token another partner: take the new one from a fresh copy.
async function renewToken(body) {
  try {
    const page = await (await fetch(form.action, { headers: { Accept: "text/html" } })).text();
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("#case-form [name=csrfmiddlewaretoken]");
    if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  } catch {
    // still unreachable: the request is sent again with the old one
  }
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
  apply();
  touched(item);
});

form.addEventListener("input", (event) => {
  const item = event.target.closest(".cf-item");
  if (item && event.target.tagName === "TEXTAREA") touched(item, TYPING_MS);
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.type === "radio") event.preventDefault();
});

const KEYS = { s: "sufficient", i: "insufficient", n: "not_applicable", x: "" };

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
let pressed;
let leaving = false;

form.addEventListener("submit", (event) => {
  if (leaving || (!dirty.size && !sending)) {
    leaving = true;
    return;
  }
  event.preventDefault();
  pressed = event.submitter ?? form.querySelector(".cf-bar button");
  clearTimeout(typing);
  flush();
});

function submitPressed() {
  if (!pressed) return;
  leaving = true;
  setTimeout(() => form.requestSubmit(pressed)); // not while the event that was stopped is still on its way
}

addEventListener("beforeunload", (event) => {
  if (!leaving && (dirty.size || sending)) event.preventDefault();
});

addEventListener("online", () => (sending ? send() : flush()));

form.querySelector(".cf-keys").hidden = false;
apply();
