// Saves answers, one request at a time and in order. "Saved" is said only where the server confirmed, for this very
// request, the version of everything that was sent; whatever else comes back, the text stays and is sent again.

const TYPING_MS = 1500, LONGEST_WAIT_MS = 4000, PATIENCE_MS = 30000, RETRY_MS = [2000, 4000, 8000, 15000, 30000, 60000];
const KEEPALIVE_BYTES = 60000; // browsers refuse more in a request that may outlive its page
const OURS = "application/vnd.aboveline.save+json";
const HALTS = { signed_out: "signedOut", second_factor: "signedOut", another_person: "another", submitted: "submitted", 404: "gone", 403: "gone" };

export const nameOf = (item) => item.dataset.question ?? item.dataset.fact;
export const seenOf = (item) => item.querySelector('input[name$="-seen"]');
const controls = (item) => [...item.querySelectorAll("input, select, textarea")];

export class Saving {
  dirty = new Set(); // changed since they were last sent
  refused = new Set(); // answered as wrong or in conflict: they wait for the person
  sending; // { items, body, tries }: kept until the server has answered this very request
  halted = ""; // why nothing is sent until the person has acted

  // `held(item)` says why an item must wait, if it must; `on` has faulty, settled, failed, halted, resumed and idle
  constructor(form, held, on) {
    Object.assign(this, { form, held, on, words: form.dataset, bar: document.getElementById("cf-state") });
    addEventListener("online", () => this.again());
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
  }

  get unsaved() {
    return new Set([...(this.sending?.items ?? []), ...this.dirty, ...this.refused]);
  }

  // ---- what is said

  say(item, text, state) {
    const line = item.querySelector(".cf-state");
    line.textContent = text;
    line.dataset.state = state;
    this.sayOfAll(text, state);
  }

  sayOfAll(text, state) {
    const rest = state === "saved" && this.unsaved.size; // one saved answer does not make the page saved
    this.bar.textContent = rest ? this.words.pending : text;
    this.bar.dataset.state = rest ? "pending" : state;
  }

  sayEach(items, text, state) {
    for (const item of items) this.say(item, text, state);
  }

  // ---- what is sent

  touched(item, typing = false) {
    this.dirty.add(item);
    this.refused.delete(item);
    this.say(item, this.halted ? this.words[this.halted] : this.words.pending, this.halted ? "unsaved" : "pending");
    this.since ??= Date.now();
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.flush(), typing ? Math.min(TYPING_MS, this.since + LONGEST_WAIT_MS - Date.now()) : 0);
  }

  ready() {
    const held = [...this.dirty].filter((item) => this.held(item));
    for (const item of held) this.say(item, this.held(item), "unsaved");
    return [...this.dirty].filter((item) => !held.includes(item));
  }

  flush() {
    clearTimeout(this.typing);
    if (this.sending || this.halted) return;
    const items = this.ready();
    if (!items.length) return this.on.idle();
    this.since = undefined;
    items.forEach((item) => this.dirty.delete(item));
    this.sending = { items, body: this.bodyOf(items), tries: 0 };
    this.send();
  }

  bodyOf(items) {
    const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const { csrfmiddlewaretoken, person } = this.form.elements;
    const body = new URLSearchParams({ key, csrfmiddlewaretoken: csrfmiddlewaretoken.value, person: person.value });
    for (const control of items.flatMap(controls)) {
      if (control.name && (control.type !== "radio" || control.checked)) body.append(control.name, control.value);
    }
    return body;
  }

  async send() {
    const { items, body } = this.sending;
    clearTimeout(this.retry);
    this.waiting = false;
    this.sayEach(items, this.words.saving, "saving");
    const answer = await ask(this.form.action, { method: "POST", body, keepalive: body.toString().length < KEEPALIVE_BYTES });
    if (answer.error === "expired") return this.renew();
    const halt = answer.ours && (HALTS[answer.error] ?? (answer.error && HALTS[answer.status]));
    if (halt) return this.halt(halt);
    if (answer.error === "key_reused") this.sending.body = this.bodyOf(items);
    if (this.confirms(answer)) this.settle(answer);
    else this.later();
  }

  // Signed in anew, this page's token has lost its partner: take the new one, if this is still the same person.
  async renew() {
    const { ok, error, token, person, status } = await ask(this.form.action);
    if (error === "signed_out") return this.halt("signedOut");
    if (error && [403, 404].includes(status)) return this.halt("gone");
    if (ok !== true) return this.later();
    if (person !== this.form.elements.person.value) return this.halt("another");
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    this.sending?.body.set("csrfmiddlewaretoken", token);
    if (this.sending?.renewed) return this.later(); // and refused all the same
    if (this.sending) this.sending.renewed = true;
    this.resume();
  }

  resume() {
    this.halted = "";
    this.on.resumed();
    if (this.sending) this.send();
    else this.flush();
  }

  again() {
    if (this.halted) return;
    if (!this.sending) this.flush();
    else if (this.waiting) this.send();
  }

  // The same request with the same key: it has one effect however often it arrives.
  later() {
    if (!this.sending) return this.on.failed();
    this.sayEach(this.sending.items, this.words.unsaved, "unsaved");
    this.waiting = true;
    this.retry = setTimeout(() => this.again(), RETRY_MS[Math.min(this.sending.tries++, RETRY_MS.length - 1)]);
    this.on.failed();
  }

  halt(why) {
    this.halted = why;
    this.sayEach(this.unsaved, this.words[why], "unsaved");
    this.on.halted(why);
  }

  // The page goes: what has not been sent yet goes after it, without waiting for an answer.
  leave() {
    const items = this.halted ? [] : [...this.dirty].filter((item) => !this.held(item) && !this.sending?.items.includes(item));
    if (!items.length) return;
    const body = this.bodyOf(items);
    fetch(this.form.action, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } }).catch(() => {});
  }

  // ---- what is answered

  confirms(answer) {
    if (!answer.ours || answer.type !== OURS || answer.key !== this.sending.body.get("key")) return false;
    const told = new Set([...Object.keys(answer.versions ?? {}), ...faultsOf(answer).keys()]);
    return (answer.ok === true) === (answer.status === 200) && this.sending.items.every((item) => told.has(nameOf(item)));
  }

  settle(answer) {
    const { items } = this.sending, faults = faultsOf(answer);
    this.sending = undefined;
    for (const [name, token] of Object.entries(answer.seen)) seenOf(document.getElementById(name)).value = token;
    for (const item of items.filter((one) => !faults.has(nameOf(one)) && !this.dirty.has(one))) this.saved(item, answer);
    for (const item of items.filter((one) => faults.has(nameOf(one)))) {
      const said = this.on.faulty(item, faults.get(nameOf(item)));
      if (this.dirty.has(item)) continue; // changed meanwhile: it is sent again
      this.refused.add(item);
      this.say(item, said, "unsaved");
    }
    this.on.settled(items.filter((item) => !this.unsaved.has(item)));
    this.flush();
  }

  saved(item, answer) {
    const version = answer.versions[nameOf(item)];
    this.say(item, version ? `${this.words.saved} ${answer.at}` : "", "saved");
  }
}

function faultsOf({ problems = [], conflicts = [] }) {
  const faults = new Map(problems.map((problem) => [problem.place.path, { problem }]));
  conflicts.forEach((conflict) => faults.set(conflict.id, { conflict }));
  return faults;
}

// The answer with its status; `ours` only where it is JSON, which no sign-in page and no proxy's page is.
export async function ask(address, options = {}) {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(address, { redirect: "error", signal, ...options, headers: { Accept: "application/json" } });
    const type = response.headers.get("Content-Type") ?? "";
    const ours = /^application\/([\w.+-]+\+)?json\b/.test(type);
    return { ...(ours ? await response.json() : {}), ours, type: type.split(";")[0], status: response.status };
  } catch {
    return { status: 0 };
  }
}
