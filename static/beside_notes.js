/* What stands beside the notes that are being typed: how much was written, what was picked up, how it will look. */
"use strict";
(() => {
  const form = document.getElementById("notes-form");
  if (!form) return;
  const box = form.elements.notes;
  const saved = "notes-saved"; // workspace.js says so on the body, and every part loads itself anew

  const several = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;
  const count = () => {
    const lines = box.value.split("\n").filter((line) => line.trim()).length;
    const words = box.value.match(/\S+/g)?.length ?? 0;
    document.getElementById("counts").textContent = `${several(lines, "line")}, ${several(words, "word")}`;
  };
  box.addEventListener("input", count);
  document.body.addEventListener(saved, count);
  count();

  // Whoever goes on to the next item writes on, after what is there: browsers lead them to its beginning, once loaded.
  if (location.hash === "#notes") {
    window.addEventListener("load", () => setTimeout(() => {
      if (box.value !== box.defaultValue || box.selectionEnd) return;
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    }));
  }

  // Ctrl Enter accepts the first thing that was picked up; where there is none, it saves.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    const accept = document.querySelector("[data-accept]");
    if (accept) accept.click();
    else form.requestSubmit();
  });

  // A part never goes while somebody is in it, or has typed into a field of it, or waits for what they asked of it: it
  // loads itself anew afterwards. What they asked for themselves comes at once.
  const putOff = {};
  let onTheWay = 0;
  const cause = ({ detail }) => detail.requestConfig?.triggeringEvent?.type;
  const byItself = (event) => [saved, "decided", "attended"].includes(cause(event));
  const inUse = (part) => onTheWay > 0 || part.contains(document.activeElement) ||
    [...part.querySelectorAll("input, textarea")].some((field) =>
      /^text/.test(field.type) && field.value !== field.defaultValue);
  const askAgain = () => setTimeout(() => {
    for (const [id, asked] of Object.entries(putOff)) {
      const part = document.getElementById(id);
      if (!part || inUse(part)) continue;
      delete putOff[id];
      document.body.dispatchEvent(new CustomEvent(asked));
    }
  });
  document.addEventListener("htmx:beforeSend", (event) => { if (!byItself(event)) onTheWay += 1; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (byItself(event)) return;
    onTheWay -= 1;
    askAgain();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!byItself(event) || !inUse(event.detail.target)) return;
    event.detail.shouldSwap = false;
    putOff[event.detail.target.id] = cause(event);
  });
  document.addEventListener("focusout", askAgain);

  // What asks by itself never leads away from the words to the page for signing in: the notes say that for themselves.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { target, xhr } = event.detail;
    if ((byItself(event) || target.id === "to-settle") && xhr.getResponseHeader("HX-Redirect")) event.preventDefault();
  });
})();
