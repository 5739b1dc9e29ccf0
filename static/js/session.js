// How long one stays signed in. An improvement only: the server signs out by itself, the page says
// when, and what is sent later is kept. Here it is said two minutes before, typing counts as doing
// something, and afterwards the page is covered until its user is back.
"use strict";

(() => {
  const box = document.getElementById("session");
  if (!box) return;
  const part = (name) => box.querySelector(`[data-${name}]`);
  const FIELD = 'form[method="post" i] :is(textarea, select, input:not([type="hidden"]))';
  const ASK_EVERY = 60_000;
  const warned = Number(box.dataset.warned);
  let ends = Date.now() + Number(box.dataset.left) * 1000;
  let final = box.dataset.final === "true";
  let asked = Date.now();
  let looked = 0; // the end for which the server was asked whether it still holds
  let hidden = false;
  let over = null; // what covers the page
  let focused = null;

  // What the page asks for by itself keeps nobody signed in.
  async function ask(byItself) {
    asked = Date.now();
    const headers = byItself ? { "X-Background": "1" } : {};
    const answer = await fetch(box.dataset.url, { headers, cache: "no-store" });
    return answer.json();
  }

  function take(facts) {
    const end = Date.now() + facts.left * 1000;
    if (end > ends + 5_000) hidden = false; // a new end is announced anew
    [ends, final] = [end, facts.final];
    if (part("until")) part("until").textContent = facts.until;
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) {
      field.value = facts.token;
    }
  }

  function isOurs(facts) {
    return facts.left > 0 && String(facts.user) === box.dataset.user;
  }

  async function renew(byItself) {
    const facts = await ask(byItself);
    if (over) return;
    if (isOurs(facts)) take(facts);
    else cover();
    show();
  }

  function show() {
    const left = Math.ceil((ends - Date.now()) / 1000);
    const isSeen = !over && !hidden && left <= warned && left > 0;
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    for (const timer of box.querySelectorAll("[data-countdown]")) timer.textContent = clock;
    const banner = part("banner");
    if (banner.hidden === !isSeen) return;
    banner.hidden = !isSeen;
    banner.querySelector("[data-idle]").hidden = final;
    banner.querySelector("[data-last]").hidden = !final;
    part("stay").hidden = final;
    part("said").textContent = isSeen ? part("said").dataset[final ? "last" : "idle"] : "";
  }

  // Another tab may have gone on: what the server knows counts.
  async function tick() {
    if (over) return;
    const left = ends - Date.now();
    if (left <= 0) {
      await renew(true).catch(cover);
    } else if (left <= warned * 1000 && looked !== ends) {
      looked = ends;
      await renew(true).catch(() => {});
      looked = ends;
    }
    show();
  }

  function cover() {
    if (over) return;
    over = document.getElementById("session-over").content.firstElementChild.cloneNode(true);
    show();
    if (!document.querySelector(FIELD)) {
      const page = location.pathname + location.search;
      location.replace(`${box.dataset.signIn}?next=${encodeURIComponent(page)}`);
      return;
    }
    focused = document.activeElement;
    document.documentElement.classList.add("session-is-over");
    document.body.append(over);
    over.querySelector("[data-go-on]").addEventListener("click", goOn);
    over.querySelector("h1").focus();
  }

  async function goOn() {
    const answer = over.querySelector("[data-answer]");
    answer.textContent = "";
    const facts = await ask(false).catch(() => null);
    if (!facts || !isOurs(facts)) {
      const why = !facts ? "failed" : facts.left > 0 ? "other" : "notYet";
      answer.textContent = answer.dataset[why];
      return;
    }
    over.remove();
    over = null;
    take(facts);
    document.documentElement.classList.remove("session-is-over");
    focused?.focus();
  }

  function act(event) {
    if (over || event.key === "Escape" || Date.now() - asked < ASK_EVERY) return;
    renew(false).catch(() => {});
  }

  document.addEventListener("keydown", act);
  document.addEventListener("pointerdown", act);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || part("banner").hidden) return;
    hidden = true;
    show();
  });
  part("hide").addEventListener("click", () => {
    hidden = true;
    show();
  });
  part("stay").addEventListener("click", () => renew(false).catch(() => {}));
  document.addEventListener("visibilitychange", tick);
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) cover();
  });
  setInterval(tick, 1_000);
})();
