/* Sees the words of notes through, from the keys to the record: docs/decisions/0010-saving-notes.md says how.
   What the server has not acknowledged stays in this browser. The page works without this file, by its buttons. */
"use strict";
(() => {
  const form = document.getElementById("notes-form");
  if (!form) return;

  const box = form.elements.namedItem("notes");
  const baseField = form.elements.namedItem("base");
  const { account, item } = form.dataset;
  const setting = (name, usual) => Number(form.dataset[name] ?? usual);
  const PAUSE = setting("pause", 1200); // after the last key, in milliseconds
  const LONGEST = setting("longest", 10000); // while typing goes on
  const SOONEST = setting("retry", 2000); // until the next try, doubled each time
  const LATEST = setting("retryMost", 30000);
  const PATIENCE = setting("patience", 15000); // with one request
  const NAP = setting("nap", 20000); // after which a page asks who is signed in

  const mine = `allies.notes.${account}.`;
  const key = mine + item;
  // crypto.randomUUID is there on secure pages only; an address of a blob ends in one everywhere.
  const uuid = () => {
    const address = URL.createObjectURL(new Blob());
    URL.revokeObjectURL(address);
    return address.slice(-36);
  };
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

  const saved = find("#saved .saved");
  const icon = (find("#saved svg") || find("#lost svg"))?.cloneNode(true);
  const lost = find("#lost");
  const conflict = find("#conflict");
  const question = find("#leaving");
  let savedAt = saved?.textContent.match(/\d\d:\d\d/)?.[0] ?? "";
  const announce = (words) => { find("#announce").textContent = words; };

  const paint = () => {
    if (!saved) return;
    const unsent = waits() || others > 0;
    const [words, shape] = unsent && !trouble ? ["Saving…", "in_progress"]
      : !savedAt ? ["Not saved yet", unsent ? "offline" : "todo"]
      : unsent ? ["Not saved since ", "offline"] : ["Saved ", "tick"];
    const time = document.createElement("time");
    if (words.endsWith(" ")) time.textContent = savedAt;
    if (saved.textContent === words + time.textContent) return;
    const drawing = icon.querySelector("use");
    drawing.setAttribute("href", drawing.getAttribute("href").replace(/#.*/, `#${shape}`));
    saved.classList.toggle("saved--lost", shape === "offline");
    saved.replaceChildren(icon, words, time);
  };
  const count = () => {
    const several = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
    const lines = box.value.split("\n").filter((line) => line.trim()).length;
    find("#counts").textContent = `${several(lines, "line")}, ${several(box.value.split(/\s+/).filter(Boolean).length, "word")}`;
  };
  const LOST = {
    lost: ["The connection is lost. Keep typing.", "as soon as you are back."],
    signed_out: ["You were signed out. Keep typing.", "once you have signed in again, in another tab."],
    somebody_else: ["Somebody else is signed in now.", "once you have signed in again, and never in anybody else’s name."],
    stale_page: ["You signed in again since this page was loaded.", "in a moment."],
  };
  const hold = (kind, words) => {
    const [title, when] = LOST[kind] ?? ["These words are not saved."];
    const full = when ? `${stored ? "Your words are kept on this computer and will be saved"
      : "This browser has no room to keep your words. Leave this page open, or copy them. They will be saved"} ${when}` : words;
    if (trouble !== kind) announce(`${title} ${full}`);
    trouble = kind;
    lost.querySelector("[data-lost-words]").textContent = title;
    lost.querySelector("[data-lost-more]").textContent = full;
    lost.hidden = false;
    clearTimeout(retryTimer);
    if (when) {
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
    lost.hidden = true;
  };
  const showConflict = (answer) => {
    conflict.querySelector("[data-both]").href = answer.both;
    conflict.querySelector("[data-conflict-by]").textContent = answer.by || "Somebody else";
    if (conflict.hidden) announce("Somebody else changed these notes while you were writing. Both versions are kept.");
    conflict.hidden = false;
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
    else if (!conflict.dataset.of) conflict.hidden = true;
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
    savedAt = answer.saved_at || savedAt;
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
        if (answer.outcome === "conflict") {
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
    const answer = await answerTo(form.dataset.who);
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
      savedAt = page.getElementById("saved")?.textContent.match(/\d\d:\d\d/)?.[0] ?? savedAt;
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
    savedAt = data.at || savedAt;
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
      [...target.querySelectorAll(FIELDS)].some((field) => /^text/.test(field.type) && field.value !== field.defaultValue);
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
    question.hidden = false;
    question.focus();
    question.querySelector("[data-leave]").onclick = () => signOut(leaving);
    question.querySelector("[data-stay]").onclick = () => { question.hidden = true; box.focus(); };
  });

  // ---- The start

  live();
  find("#somebodys-words").hidden = names().every((name) => name.startsWith(mine));
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
