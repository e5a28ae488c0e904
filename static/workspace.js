/* Sees the words of notes through, from the keys to the record: docs/decisions/0010-saving-notes.md says how.
   What the server has not acknowledged stays in this browser. The page works without this file, by its buttons. */
"use strict";
(() => {
  const form = document.getElementById("notes-form");
  if (!form) return;

  const box = form.elements.namedItem("notes");
  const baseField = form.elements.namedItem("base");
  const { account } = form.dataset;
  const item = form.action.match(/\/notes\/(\d+)\/save/)[1];
  const whoUrl = new URL("../../who/", form.action);
  const setting = (name, usual) => Number(form.dataset[name] ?? usual);
  const PAUSE = setting("pause", 1200); // after the last key, in milliseconds
  const LONGEST = setting("longest", 10000); // while typing goes on
  const SOONEST = setting("retry", 2000); // until the next try, doubled each time
  const LATEST = setting("retryMost", 30000);
  const PATIENCE = setting("patience", 15000); // with one request
  const NAP = setting("nap", 20000); // after which a page asks who is signed in

  const mine = `allies.notes.${account}.`;
  const key = mine + item;
  const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  const tab = uuid();
  const find = (selector) => document.querySelector(selector);

  // `out` was sent, or is about to be, and has no answer yet: it goes again, the same, until it has one.
  const own = { url: form.action, page: location.href.split("#")[0], base: Number(baseField.value), out: null };
  let acknowledged = box.defaultValue; // null: whatever stands in the box has to be sent again
  let apart = false; // our words are kept beside what stands; the two wait for a choice
  let stored = true;
  let others = 0; // waiting here besides our own: of other items, or of a tab that is gone
  let trouble = null;
  let signedOutHere = false;
  let composing = false;
  let typedSince = 0;
  let [pauseTimer, retryTimer, keepTimer] = [0, 0, 0];
  let delay = SOONEST;
  let sending = null;
  let asking = null;
  let asked = Date.now();

  const waits = () => own.out !== null || box.value !== acknowledged;

  // ---- What waits, in the browser's own store: under one name for each item, a place for each tab

  const read = (name) => {
    try { return JSON.parse(localStorage.getItem(name)) || {}; } catch { return {}; }
  };
  const write = (name, change) => {
    try {
      const all = read(name);
      change(all);
      if (Object.keys(all).length) localStorage.setItem(name, JSON.stringify(all));
      else localStorage.removeItem(name);
      return true;
    } catch { return false; }
  };
  const names = () => {
    try { return Object.keys(localStorage).filter((name) => name.startsWith("allies.notes.")); } catch { return []; }
  };
  const keep = () => {
    clearTimeout(keepTimer);
    keepTimer = 0;
    if (signedOutHere) return;
    const notes = own.out?.notes === box.value ? undefined : box.value;
    stored = write(key, (all) => {
      if (waits()) all[tab] = { ...own, notes, at: Date.now() };
      else delete all[tab];
    });
  };

  // Each tab holds a lock with its name, so that what a closed one left behind is known from what a living one holds.
  let letGo = () => {};
  const live = () => navigator.locks?.request(mine + tab, () => new Promise((done) => { letGo = done; }));
  const left = async () => {
    const held = navigator.locks ? (await navigator.locks.query()).held.map((lock) => lock.name) : [];
    return names().filter((name) => name.startsWith(mine)).flatMap((name) =>
      Object.entries(read(name)).map(([id, record]) => ({ name, id, record })))
      .filter(({ id }) => id !== tab && !held.includes(mine + id))
      .sort((one, two) => one.record.at - two.record.at);
  };

  // ---- What the page says

  const saved = find("#saved .saved") || find("#saved");
  const time = find("#saved time") || document.createElement("time");
  const icon = saved?.querySelector("svg");
  const lost = find("#lost");
  const conflict = find("#conflict");
  const counts = find("#counts");
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  const announce = (words) => { status.textContent = words; };

  const paint = () => {
    if (!saved) return;
    const unsent = waits() || others > 0;
    const [words, shape] = unsent && trouble ? [time.textContent ? "Not saved since " : "Not saved yet", "offline"]
      : unsent ? ["Saving…", "in_progress"] : [time.textContent ? "Saved " : "Nothing written yet", "tick"];
    if (saved.dataset.words === words + time.textContent) return;
    saved.dataset.words = words + time.textContent;
    time.hidden = shape === "in_progress";
    saved.classList.toggle("saved--lost", shape === "offline");
    const drawing = icon?.querySelector("use");
    drawing?.setAttribute("href", drawing.getAttribute("href").replace(/#.*/, `#${shape}`));
    saved.replaceChildren(...(icon ? [icon] : []), words, time);
  };
  const count = () => {
    const several = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
    const lines = box.value.split("\n").filter((line) => line.trim()).length;
    if (counts) counts.textContent = `${several(lines, "line")}, ${several(box.value.split(/\s+/).filter(Boolean).length, "word")}`;
  };
  const LOST = {
    lost: "The connection is lost. Keep typing.",
    signed_out: "You were signed out. Keep typing.",
    somebody_else: "Somebody else is signed in now.",
  };
  const hold = (kind, words) => {
    const again = ["lost", "signed_out", "somebody_else", "stale_page"].includes(kind);
    const where = stored ? "Your words are kept on this computer"
      : "This browser has no room to keep your words: leave this page open, or copy them. They";
    const full = {
      lost: `${where} and will be saved as soon as you are back.`,
      signed_out: `${where} and will be saved once you have signed in again, in another tab.`,
      somebody_else: `${where} and will be saved once you have signed in again. They are not sent in anybody else’s name.`,
    }[kind] ?? words;
    const title = LOST[kind] ?? "These words are not saved.";
    if (trouble !== kind) announce(lost?.getAttribute("role") === "alert" ? "" : `${title} ${full}`);
    trouble = kind;
    if (lost) {
      const place = lost.querySelector("[data-lost-words]") || lost;
      const strong = document.createElement("b");
      strong.textContent = title;
      const text = `${title} ${full}`;
      if (place.textContent.trim() !== text) place.replaceChildren(strong, ` ${full} `);
      lost.hidden = false;
    }
    clearTimeout(retryTimer);
    if (again) {
      retryTimer = setTimeout(wake, delay);
      delay = Math.min(delay * 2, LATEST);
    }
    paint();
  };
  const free = () => {
    clearTimeout(retryTimer);
    delay = SOONEST;
    if (trouble) announce("You are back. Everything is saved.");
    trouble = null;
    if (lost) lost.hidden = true;
  };
  const showConflict = (answer) => {
    if (!conflict) return;
    for (const link of conflict.querySelectorAll("[data-both]")) link.href = answer.both;
    for (const name of conflict.querySelectorAll("[data-by]")) name.textContent = answer.by || "Somebody";
    conflict.hidden = false;
    announce("Somebody changed these notes while you were writing. Both versions are kept.");
  };
  const notice = (words, ...more) => {
    const whole = document.createElement("div");
    whole.className = "notice notice--care";
    whole.tabIndex = -1;
    whole.setAttribute("role", "group");
    const inner = document.createElement("div");
    const text = document.createElement("p");
    text.textContent = words;
    inner.append(text, ...more);
    whole.append(inner);
    find("main").prepend(whole);
    return whole;
  };

  // What stands now goes into the box; the caret stays among the words it was among.
  const replace = (text) => {
    const old = box.value;
    if (old === text) return;
    const shorter = Math.min(old.length, text.length);
    let [from, tail] = [0, 0];
    while (from < shorter && old[from] === text[from]) from += 1;
    while (tail < shorter - from && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
    const place = (at) => {
      if (at <= from) return at;
      if (at >= old.length - tail) return at + text.length - old.length;
      const before = old.slice(Math.max(0, at - 40), at);
      const found = text.indexOf(before, Math.max(0, from - 40));
      return found < 0 ? from : found + before.length;
    };
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = box;
    box.value = text;
    if (document.activeElement === box) box.setSelectionRange(place(selectionStart), place(selectionEnd), selectionDirection);
    box.scrollTop = scrollTop;
    count();
  };
  const stands = (version, notes) => {
    if (notes !== undefined) replace(notes);
    acknowledged = box.value;
    own.base = version;
    baseField.value = version;
  };

  // ---- Asking and sending

  const answerTo = async (url, more) => {
    try {
      const reply = await fetch(url, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE), ...more });
      return await reply.json();
    } catch { return {}; }
  };
  const post = (record) => {
    const token = form.elements.namedItem("csrfmiddlewaretoken").value;
    const body = new URLSearchParams({ ...record.out, account, csrfmiddlewaretoken: token }).toString();
    // A request that outlives its page may carry 64 KB; what is longer stays here and goes from the next page.
    return answerTo(record.url, {
      method: "POST", body, keepalive: body.length < 60000,
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
    });
  };
  const ready = (record, notes) => { record.out ??= { save_id: uuid(), base: record.base, notes }; };
  const kept = (answer) => ["saved", "merged", "conflict"].includes(answer.outcome);

  // The version that words were typed upon which stand in the box on top of `out`. After a join that is what was
  // handed in, not what stands: upon that, the lines of the other person would look as if they had been taken out.
  const typedUpon = (out, answer) => {
    if (answer.outcome === "saved") return answer.version;
    if (answer.outcome === "merged" && answer.merged_from < answer.version) return answer.merged_from;
    return out.base;
  };
  const settle = (out, answer) => {
    own.out = null;
    const typedOn = composing || box.value !== out.notes;
    apart = answer.outcome === "conflict";
    if (apart) showConflict(answer);
    else if (conflict && !conflict.dataset.of) conflict.hidden = true;
    if (answer.outcome === "merged" && !typedOn) stands(answer.version, answer.notes);
    else {
      own.base = typedUpon(out, answer);
      baseField.value = own.base;
      acknowledged = answer.outcome === "merged" && box.value === out.notes ? null : out.notes;
    }
    keep();
  };
  const after = (name, out, answer) => {
    if (answer.outcome === "conflict") return;
    if (answer.saved_at) time.textContent = answer.saved_at;
    channel?.postMessage({ name, version: answer.version, at: answer.saved_at, notes: answer.notes ?? out.notes });
    document.body.dispatchEvent(new CustomEvent("notes-saved"));
  };

  // One try for one record. Gives whether the next one may go.
  const attempt = async (record, name, id) => {
    const { out } = record;
    let answer = await post(record);
    if (answer.outcome === "stale_page" && !(await ask())) answer = await post(record);
    if (kept(answer)) {
      if (record === own) settle(out, answer);
      else {
        const more = record.notes !== undefined && record.notes !== out.notes;
        record.base = typedUpon(out, answer);
        record.out = null;
        write(name, (all) => { if (more) all[id] = record; else delete all[id]; });
        if (answer.outcome === "conflict" && conflict) {
          conflict.dataset.of = name;
          showConflict(answer);
        }
      }
      after(name, out, answer);
      return true;
    }
    // Whatever else stands in the way: if somebody else is signed in now, that is the reason.
    const reason = answer.outcome && answer.outcome !== "signed_out" ? await ask() : null;
    if (reason) hold(reason.outcome, reason.words);
    else hold(answer.outcome || "lost", answer.words);
    return ["refused", "gone", "wrong"].includes(trouble) && record !== own;
  };
  const pass = async () => {
    clearTimeout(pauseTimer);
    typedSince = 0;
    let good = true;
    const done = new Set();
    for (;;) {
      const waiting = (await left()).filter(({ id, record }) => !done.has(id + record.out?.save_id));
      others = waiting.length;
      if (!waiting.length || !good) break;
      const [{ name, id, record }] = waiting;
      ready(record, record.notes);
      done.add(id + record.out.save_id);
      write(name, (all) => { all[id] = record; });
      paint();
      good = await attempt(record, name, id);
    }
    others = (await left()).length;
    if (good && waits()) {
      ready(own, box.value);
      keep(); // before it goes, so that the same goes again if the answer is lost
      paint();
      good = await attempt(own, key, tab);
    }
    if (good && !others) free();
  };
  const send = () => {
    sending ??= (navigator.locks ? navigator.locks.request(mine, pass) : pass()).finally(() => {
      sending = null;
      if (waits()) later();
      paint();
    });
    return sending;
  };
  const later = () => {
    if (trouble && trouble !== "wrong") return; // the next try has its own time
    typedSince ||= Date.now();
    clearTimeout(pauseTimer);
    pauseTimer = setTimeout(send, Math.max(0, Math.min(PAUSE, typedSince + LONGEST - Date.now())));
  };

  // Who is signed in here now? Gives nothing when it is us; else what stands in the way. Takes the new token along.
  let versions = {};
  const ask = async () => {
    asked = Date.now();
    const answer = await answerTo(whoUrl);
    if (String(answer.account) === account) {
      for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = answer.token;
      document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": answer.token }));
      versions = answer.version;
      signedOutHere = false;
      return null;
    }
    return answer.account ? { outcome: "somebody_else" } : { outcome: "lost", ...answer };
  };
  // The page was away, or the line was: who is here, what waits, and did the notes move on meanwhile?
  const wake = () => {
    asking ??= (async () => {
      const reason = await ask();
      if (reason) {
        if (reason.outcome !== "lost" || waits() || others) hold(reason.outcome, reason.words);
        return;
      }
      if (!waits() && !(await left()).length) free();
      await send();
      if (!waits() && !apart && versions[item] > own.base) await fetchNotes();
    })().finally(() => { asking = null; paint(); });
    return asking;
  };
  const fetchNotes = async () => {
    try {
      const reply = await fetch(own.page, { signal: AbortSignal.timeout(PATIENCE) });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const now = page.getElementById("notes-form");
      if (!now || waits() || now.getAttribute("action") !== form.getAttribute("action")) return;
      stands(Number(now.querySelector("[name=base]").value), now.querySelector("[name=notes]").value);
      time.textContent = page.querySelector("#saved time")?.textContent ?? time.textContent;
      document.body.dispatchEvent(new CustomEvent("notes-saved"));
    } catch { /* The next save finds out. */ }
  };
  const nudge = () => {
    if (trouble || waits() || Date.now() - asked > NAP) wake();
  };

  // ---- Typing, leaving, coming back

  box.addEventListener("input", () => {
    count();
    keepTimer ||= setTimeout(keep, 150);
    later();
    paint();
  });
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; });
  box.addEventListener("blur", () => { if (waits() && !trouble) send(); });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (trouble) wake();
    else send();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    const accept = find("[data-accept]");
    if (accept) accept.click();
    else if (trouble) wake();
    else send();
  });
  const leave = () => {
    if (waits()) keep();
    if (sending || trouble || signedOutHere || !waits()) return;
    ready(own, box.value);
    keep();
    post(own); // nobody hears the answer; the next page asks again with the same id
  };
  addEventListener("pagehide", () => { leave(); letGo(); });
  addEventListener("beforeunload", (event) => {
    if (waits()) keep();
    if (waits() && !stored) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return nudge();
    if (waits()) keep();
    if (waits() && !trouble) send();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (!waits()) return location.reload();
    live();
    wake();
  });
  addEventListener("focus", nudge);
  addEventListener("online", () => { delay = SOONEST; wake(); });
  addEventListener("offline", () => { if (waits()) send(); });
  // A laptop that slept tells nobody; its clock does.
  let ticked = Date.now();
  setInterval(() => {
    if (Date.now() - ticked > 4 * 5000) wake();
    ticked = Date.now();
  }, 5000);

  // ---- Other tabs of this browser

  const channel = globalThis.BroadcastChannel && new BroadcastChannel("allies.notes");
  channel?.addEventListener("message", ({ data }) => {
    if (data.hurry === account && waits()) send();
    if (data.left === account) {
      signedOutHere = true;
      if (waits()) hold("refused", "You signed out in another tab. What you typed here is only on this page: copy it, or sign in again.");
    }
    if (data.name !== key || data.version <= own.base || waits() || apart) return;
    stands(data.version, data.notes);
    time.textContent = data.at || time.textContent;
    paint();
    document.body.dispatchEvent(new CustomEvent("notes-saved"));
  });
  addEventListener("storage", (event) => {
    if (event.key === key && waits() && !read(key)[tab]) keep();
  });

  // ---- Swaps: never what somebody is in, or has typed into, unless they asked for it themselves

  const FIELDS = "input:not([type=hidden]), select, textarea";
  const inUse = (target) => {
    const here = document.activeElement;
    return (target.contains(here) && here.matches(FIELDS)) ||
      [...target.querySelectorAll("input[type=text], textarea")].some((field) => field.value !== field.defaultValue);
  };
  let putOff = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig } = event.detail;
    if (requestConfig?.triggeringEvent?.type !== "notes-saved" || !inUse(target)) return;
    event.detail.shouldSwap = false;
    putOff = target.id;
  });
  document.addEventListener("focusout", () => setTimeout(() => {
    const target = putOff && document.getElementById(putOff);
    if (!target || inUse(target)) return;
    putOff = null;
    document.body.dispatchEvent(new CustomEvent("notes-saved"));
  }));

  // ---- Buttons of the notices; going to see both versions; signing out

  const copy = async (button) => {
    const texts = names().filter((name) => name.startsWith(mine) && name !== key)
      .flatMap((name) => Object.values(read(name)).map((record) => record.notes ?? record.out?.notes));
    try {
      await navigator.clipboard.writeText([box.value, ...texts].join("\n\n"));
      button.textContent = "Copied";
    } catch {
      box.focus();
      box.select();
      announce("The notes are selected: copy them with Ctrl C.");
    }
  };
  document.addEventListener("click", async (event) => {
    const pressed = event.target.closest("[data-try-now], [data-copy], [data-both]");
    if (!pressed) return;
    if (pressed.matches("[data-both]")) {
      if (!waits() || conflict.dataset.of) return;
      event.preventDefault();
      await send();
      location.assign(pressed.href);
    } else {
      event.preventDefault();
      if (pressed.matches("[data-copy]")) copy(pressed);
      else wake();
    }
  });

  const unsent = () => waits() || names().some((name) => name.startsWith(mine));
  const signOut = (leaving) => {
    signedOutHere = true;
    acknowledged = box.value;
    own.out = null;
    channel?.postMessage({ left: account });
    for (const name of names().filter((one) => one.startsWith(mine))) write(name, (all) => { for (const id in all) delete all[id]; });
    leaving.submit();
  };
  const button = (words, look, press) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = `button ${look}`;
    one.textContent = words;
    one.addEventListener("click", () => press(one));
    return one;
  };
  let question = null;
  const signOutPath = form.dataset.signOut || "/sign-out/";
  document.addEventListener("submit", async (event) => {
    const leaving = event.target;
    if (new URL(leaving.action).pathname !== signOutPath) return;
    event.preventDefault();
    if (unsent()) {
      channel?.postMessage({ hurry: account });
      await (trouble ? wake() : send());
      for (let i = 0; i < 10 && unsent() && !trouble; i += 1) await new Promise((done) => { setTimeout(done, 100); });
    }
    if (!unsent()) return signOut(leaving);
    question?.remove();
    const row = document.createElement("p");
    row.className = "row";
    row.append(
      button("Stay, and keep them", "", () => { question.remove(); box.focus(); }),
      button("Copy the notes", "button--plain", copy),
      button("Sign out and lose them", "button--danger", () => signOut(leaving)),
    );
    question = notice("Some of your words are not saved yet. If you sign out now, they leave this browser and are lost.", row);
    question.focus();
  });

  // ---- The start

  live();
  if (names().some((name) => !name.startsWith(mine))) {
    notice("Somebody else’s words wait in this browser. They are saved once that person signs in here again, and never in your name.");
  }
  count();
  (async () => {
    const before = (await left()).filter(({ name }) => name === key).at(-1);
    if (before && box.value === box.defaultValue) {
      own.base = before.record.base;
      own.out = before.record.out;
      replace(before.record.notes ?? before.record.out.notes);
      if (write(key, (all) => { delete all[before.id]; })) keep();
    }
    if (waits() || (await left()).length) send();
  })();
})();
