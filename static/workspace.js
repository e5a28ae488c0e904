/* Sees the words of notes through, from the keys to the record (docs/decisions/0010-saving-notes.md).
   What the server has not acknowledged stays in this browser. Without this file the page works by its buttons. */
"use strict";
(() => {
  const form = document.getElementById("notes-form");
  if (!form) return;

  const { notes: box, base: baseField, csrfmiddlewaretoken: token } = form.elements;
  const { account, item } = form.dataset;
  const setting = (name, usual) => Number(form.dataset[name] ?? usual);
  const PAUSE = setting("pause", 1200); // milliseconds after the last key
  const LONGEST = setting("longest", 10000); // while typing goes on
  const RETRY = setting("retry", 2000); // doubled each time, up to fifteen times as much
  const NAP = setting("nap", 20000); // after which a page that is looked at again asks who is signed in

  const find = (selector) => document.querySelector(selector);
  const on = (target, names, act) => names.split(" ").forEach((name) => target.addEventListener(name, act));
  const uuid = () => URL.createObjectURL(new Blob()).slice(-36); // crypto.randomUUID is for secure pages only
  const mine = `allies.notes.${account}.`;
  const key = mine + item;
  const tab = uuid();

  // `out` goes again, the same, until it has an answer.
  const own = { url: form.action, page: location.href.split("#")[0], base: Number(baseField.value), out: null };
  let acknowledged = box.defaultValue; // null: it goes again, whatever it is
  let apart = false; // kept beside what stands
  let stored = true;
  let others = 0; // of other items, or of a tab that is gone
  const givenUp = new Set(); // refused for good
  let untold = false; // and not yet seen to have been told
  let trouble = "";
  let signedOut = false;
  let composing = false;
  let typedSince = 0;
  let delay = RETRY;
  let asked = Date.now();
  let pauseTimer, retryTimer, keepTimer, sending, waking;

  const waits = () => own.out !== null || box.value !== acknowledged;

  // ---- What waits, in the browser's store: a name for each item, in it a place for each tab

  let store = Object.freeze({}); // where the browser keeps nothing, nothing can be written
  try { store = localStorage; } catch { /* said once something waits */ }
  const names = (start) => Object.keys(store).filter((name) => name.startsWith(start));
  const read = (name) => JSON.parse(store[name] || "{}");
  const write = (name, id, record) => {
    const all = read(name);
    if (record) all[id] = record;
    else delete all[id];
    try {
      if (Object.keys(all).length) store[name] = JSON.stringify(all);
      else delete store[name];
      return true;
    } catch { return false; }
  };
  const records = () => names(mine).flatMap((name) =>
    Object.entries(read(name)).map(([id, record]) => ({ name, id, record }))).filter(({ id }) => id !== tab);
  const keep = () => {
    keepTimer = clearTimeout(keepTimer);
    if (!signedOut) stored = write(key, tab, waits() && { ...own, notes: box.value, at: Date.now() });
  };

  // A tab holds a lock while it lives: so what a closed one left is known.
  let letGo;
  navigator.locks?.request(mine + tab, () => new Promise((done) => { letGo = done; }));
  const left = async () => {
    const held = navigator.locks ? (await navigator.locks.query()).held.map((lock) => lock.name) : [];
    return records().filter(({ id }) => !held.includes(mine + id)).sort((one, two) => one.record.at - two.record.at);
  };

  // ---- What the page says

  const saved = find("#saved .saved");
  const lost = find("#lost");
  const conflict = find("#conflict");
  const seen = find("[data-told]");
  const leaving = find("#leaving");
  const icon = (find("#saved svg") || lost.querySelector("svg")).cloneNode(true);
  const timeIn = (place) => place?.textContent.match(/\d\d:\d\d/)?.[0] || "";
  let savedAt = timeIn(saved);
  const announce = (words) => { find("#announce").textContent = words; };
  const paint = () => {
    const unsent = waits() || others > givenUp.size;
    const [words, shape] = unsent && !trouble ? ["Saving…", "in_progress"]
      : !savedAt ? ["Not saved yet", unsent ? "offline" : "todo"]
      : unsent ? ["Not saved since ", "offline"] : ["Saved ", "tick"];
    const text = words.endsWith(" ") ? words + savedAt : words;
    if (!saved || saved.textContent === text) return;
    const drawing = icon.querySelector("use");
    drawing.setAttribute("href", drawing.getAttribute("href").replace(/#.*/, `#${shape}`));
    saved.classList.toggle("saved--lost", shape === "offline");
    saved.replaceChildren(icon, text);
  };
  const say = (title, words, kind) => {
    find("[data-sign-in]").hidden = kind !== "signed_out";
    lost.querySelector("[data-lost-words]").textContent = title;
    lost.querySelector("[data-lost-more]").textContent = words;
    seen.hidden = true;
    lost.hidden = false;
  };
  const TROUBLE = {
    lost: ["The connection is lost. Keep typing.", "as soon as you are back."],
    signed_out: ["You were signed out. Keep typing.", "once you have signed in again, in another tab."],
    somebody_else: ["Somebody else is signed in now.", "once you have signed in again, and never in anybody else’s name."],
  };
  const hold = (kind, words) => {
    const [title, when] = TROUBLE[kind] || ["These words are not saved."];
    const kept = stored ? "Your words are kept on this computer and" : "This browser has no room for your words. Leave this page open: they";
    const more = when ? `${kept} will be saved ${when}` : words;
    if (trouble !== kind) announce(`${title} ${more}`);
    trouble = kind;
    say(title, more, kind);
    clearTimeout(retryTimer);
    if (when) {
      retryTimer = setTimeout(wake, delay);
      delay = Math.min(delay * 2, RETRY * 15);
    }
  };
  const free = () => {
    clearTimeout(retryTimer);
    delay = RETRY;
    if (trouble) announce("You are back. Everything is saved.");
    trouble = "";
    lost.hidden = !untold;
  };
  const showConflict = (answer) => {
    conflict.querySelector("[data-both]").href = answer.both;
    conflict.querySelector("[data-conflict-by]").textContent = answer.by || "Somebody else";
    if (conflict.hidden) announce("Somebody else changed this while you were writing. Both versions are kept.");
    conflict.hidden = false;
  };

  // The caret stays among the words it was among.
  const replace = (text) => {
    const old = box.value;
    const shorter = Math.min(old.length, text.length);
    let from = 0;
    let tail = 0;
    while (from < shorter && old[from] === text[from]) from += 1;
    while (tail < shorter - from && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
    const place = (at) => {
      if (at <= from) return at;
      if (at >= old.length - tail) return at + text.length - old.length;
      const before = old.slice(Math.max(0, at - 40), at);
      const found = text.indexOf(before, Math.max(0, from - 40));
      return found < 0 ? from : found + before.length;
    };
    const { selectionStart, selectionEnd, scrollTop } = box;
    if (old !== text) box.value = text;
    if (document.activeElement === box) box.setSelectionRange(place(selectionStart), place(selectionEnd));
    box.scrollTop = scrollTop;
  };
  const tell = () => document.body.dispatchEvent(new CustomEvent("notes-saved"));
  const upon = (version) => { own.base = baseField.value = version; };
  const stands = (version, notes, at) => {
    replace(notes);
    acknowledged = box.value;
    upon(version);
    savedAt = at || savedAt;
  };

  // ---- Asking and sending

  const answerTo = async (url, more, form = "json") => {
    try {
      const reply = await fetch(url, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000), ...more });
      return await reply[form]();
    } catch { return {}; }
  };
  const post = (record) => {
    const body = new URLSearchParams({ ...record.out, account, csrfmiddlewaretoken: token.value });
    // What outlives its page may be 64 KB; more goes from the next page.
    return answerTo(record.url, { method: "POST", body, keepalive: String(body).length < 60000 });
  };
  const ready = (record, name, id) => {
    record.out ??= { save_id: uuid(), base: record.base, notes: record.notes ?? box.value };
    return id ? write(name, id, record) : keep();
  };

  // After a join later words were typed upon what was handed in: upon what stands, others' lines would seem taken out.
  const typedUpon = (out, { outcome, version, merged_from: handedIn }) =>
    outcome === "saved" ? version : outcome === "merged" && handedIn < version ? handedIn : out.base;
  const settle = (out, answer) => {
    const merged = answer.outcome === "merged";
    const same = box.value === out.notes;
    own.out = null;
    apart = answer.outcome === "conflict";
    if (apart) showConflict(answer);
    else if (!conflict.dataset.of) conflict.hidden = true;
    if (merged && same && !composing) stands(answer.version, answer.notes);
    else {
      upon(typedUpon(out, answer));
      acknowledged = merged && same ? null : out.notes;
    }
    keep();
  };
  const settleOther = (name, id, record, answer) => {
    const { out, notes } = record;
    record.base = typedUpon(out, answer);
    record.out = null;
    write(name, id, notes !== out.notes && record);
    if (answer.outcome !== "conflict") return;
    conflict.dataset.of = name;
    showConflict(answer);
  };

  // One try for one record (our own without an id). Gives whether the next one may go.
  const attempt = async (record, name, id) => {
    const { out } = record;
    let answer = await post(record);
    if (answer.outcome === "stale_page" && !(await ask())) answer = await post(record);
    const { outcome, words } = answer;
    if (["saved", "merged", "conflict"].includes(outcome)) {
      if (id) settleOther(name, id, record, answer);
      else settle(out, answer);
      if (outcome === "conflict") return true;
      savedAt = answer.saved_at || savedAt;
      channel?.postMessage({ name, version: answer.version, at: answer.saved_at, notes: answer.notes ?? out.notes });
      tell();
      return true;
    }
    // Whatever was answered: if somebody else is signed in, that is why.
    const reason = outcome && outcome !== "signed_out" && await ask();
    if (reason) hold(reason.outcome, reason.words);
    else if (id && outcome && !TROUBLE[outcome]) {
      givenUp.add(id);
      untold ||= !record.told;
      if (untold) say("Words of another item, or of another tab, are not saved.", words);
      seen.hidden = !untold;
      return true;
    } else hold(outcome || "lost", words);
    if (!id && outcome === "wrong") own.out = null;
    return false;
  };
  const pass = async () => {
    clearTimeout(pauseTimer);
    typedSince = 0;
    let good = true;
    for (;;) {
      const [next, ...more] = (await left()).filter(({ id }) => !givenUp.has(id));
      others = givenUp.size + (next ? 1 + more.length : 0);
      paint();
      if (!next || !good) break;
      const { record, name, id } = next;
      if (!ready(record, name, id)) break;
      good = await attempt(record, name, id);
    }
    if (good && waits()) {
      ready(own);
      good = await attempt(own, key);
    }
    if (good) free();
  };
  const send = () => {
    sending ??= (navigator.locks ? navigator.locks.request(mine, pass) : pass()).finally(() => {
      sending = null;
      later();
      paint();
    });
    return sending;
  };
  const later = () => {
    if (!waits() || (trouble && trouble !== "wrong")) return; // the next try has its time
    typedSince ||= Date.now();
    clearTimeout(pauseTimer);
    pauseTimer = setTimeout(send, Math.min(PAUSE, typedSince + LONGEST - Date.now()));
  };

  // Gives nothing when we are signed in; else what stands in the way.
  let versions = {};
  const ask = async () => {
    asked = Date.now();
    const answer = await answerTo(form.dataset.who);
    if (String(answer.account) !== account) return { outcome: answer.account ? "somebody_else" : "lost", ...answer };
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = answer.token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": answer.token }));
    versions = answer.version;
    signedOut = false;
    return null;
  };
  const wake = () => {
    waking ??= (async () => {
      const reason = await ask();
      if (reason) {
        if (reason.outcome !== "lost" || waits() || others) hold(reason.outcome, reason.words);
        return;
      }
      givenUp.clear();
      untold = false;
      await send();
      if (waits() || versions[item] <= own.base) return;
      // Which of two versions stays may have been said in another tab.
      if (apart && (await pageAt(conflict.querySelector("a").href)).querySelector("[data-settled]")) {
        apart = false;
        conflict.hidden = true;
      }
      if (!apart) await fetchNotes();
    })().finally(() => { waking = null; paint(); });
    return waking;
  };
  const pageAt = async (url) => new DOMParser().parseFromString(await answerTo(url, {}, "text"), "text/html");
  const fetchNotes = async () => {
    const page = await pageAt(own.page);
    const now = page.getElementById("notes-form");
    if (waits() || now?.dataset.item !== item) return;
    stands(Number(now.dataset.version), now.elements.notes.value, timeIn(page.getElementById("saved")));
    tell();
  };
  const go = () => (trouble ? wake() : send());
  const flush = () => {
    if (!waits()) return;
    keep();
    if (!trouble) send();
  };
  const nudge = () => {
    if (trouble || apart || waits() || Date.now() - asked > NAP) wake();
  };

  // ---- Typing, leaving, coming back

  on(box, "input", () => {
    keepTimer ||= setTimeout(keep, 150);
    later();
    paint();
  });
  on(box, "compositionstart compositionend", ({ type }) => { composing = type === "compositionstart"; });
  on(box, "blur", flush);
  on(form, "submit", (event) => {
    event.preventDefault();
    go();
  });
  on(window, "pagehide", () => {
    if (waits() && !sending && !trouble && !signedOut) {
      ready(own);
      post(own); // the next page hears the answer
    }
    letGo?.();
  });
  on(window, "pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  on(window, "beforeunload pagehide", (event) => {
    if (waits()) keep();
    if (waits() && !stored) event.preventDefault();
  });
  on(document, "visibilitychange", () => (document.hidden ? flush() : nudge()));
  on(window, "focus", nudge);
  on(window, "online", wake);
  // A laptop that slept tells nobody; its clock does.
  let ticked = Date.now();
  setInterval(() => {
    if (Date.now() - ticked > 20000) wake();
    ticked = Date.now();
  }, 5000);

  // ---- Other tabs of this browser

  const channel = window.BroadcastChannel && new BroadcastChannel("allies.notes");
  channel && on(channel, "message", ({ data }) => {
    if (data.left === account) {
      signedOut = true;
      if (waits()) hold("left", "You signed out in another tab. They are on this page alone: copy them, or sign in again.");
    }
    if (data.name !== key || data.version <= own.base || waits() || apart || composing) return;
    stands(data.version, data.notes, data.at);
    paint();
    tell();
  });
  on(window, "storage", (event) => {
    if (event.key === key && waits() && !read(key)[tab]) keep();
  });

  // ---- Buttons of the notices; seeing both versions; signing out

  const copy = async (button) => {
    const texts = records().map(({ record }) => record.notes);
    try {
      await navigator.clipboard.writeText([box.value, ...texts].join("\n\n"));
      button.textContent = "Copied";
    } catch {
      box.focus();
      box.select();
      announce("The notes are selected. Copy them with Ctrl C.");
    }
  };
  const PRESS = {
    tryNow: wake,
    copy,
    stay: () => {
      leaving.hidden = true;
      box.focus();
    },
    leave: () => signOut(),
    told: () => {
      for (const { name, id, record } of records()) if (givenUp.has(id)) write(name, id, { ...record, told: true });
      untold = false;
      lost.hidden = true;
      box.focus();
    },
    both: async (link, event) => {
      if (!waits() || conflict.dataset.of) return;
      event.preventDefault();
      await send(); // then the link leads to all that was typed
      location = link.href;
    },
  };
  on(document, "click", (event) => {
    const pressed = event.target.closest("button, a");
    for (const name in pressed?.dataset) PRESS[name]?.(pressed, event);
  });
  let signOutForm;
  const unsent = () => waits() || names(mine).length > 0;
  const signOut = () => {
    signedOut = true;
    own.out = null;
    acknowledged = box.value;
    channel?.postMessage({ left: account });
    for (const name of names(mine)) delete store[name];
    signOutForm.submit();
  };
  on(document, "submit", async (event) => {
    if (!event.target.getAttribute("action")?.endsWith("/sign-out/")) return;
    event.preventDefault();
    signOutForm = event.target;
    const onTheWay = sending;
    if (unsent()) await go();
    if (onTheWay && unsent()) await go(); // a try that began before they pressed is not theirs
    if (!unsent()) return signOut();
    leaving.hidden = false;
    leaving.focus();
  });

  // ---- The start

  find("#somebodys-words").hidden = names("allies.notes.").length === names(mine).length;
  (async () => {
    const before = (await left()).filter(({ name }) => name === key).pop();
    if (before && box.value === box.defaultValue) {
      const { base, out, notes } = before.record;
      Object.assign(own, { base, out });
      replace(notes);
      keep();
      if (stored) write(key, before.id);
    }
    if (waits() || (await left()).length) await send();
    if (location.hash === "#sign-out") find("form[action$='/sign-out/']").requestSubmit(); // asked for on another page
  })();
})();
