/* Comfort for keyboards and screen readers. Every page works without it. */
"use strict";
(() => {
  const focusOn = (element) => {
    if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
    element.focus();
  };

  // A form that came back with errors says so first.
  const summaryIn = (root) => root.querySelector("[data-focus]");
  const summary = summaryIn(document);
  if (summary) summary.focus();

  // Escape closes the menu one is in, and gives the focus back to its button.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest(".menu[open], .person-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // A swap that takes away what had the focus gives it to what came instead: errors first, then the same place.
  let left = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const active = document.activeElement;
    left = event.detail.target.contains(active) ? { id: active.id, name: active.name } : null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    // A part swapped out of band settles without a target of its own.
    const swapped = document.getElementById(event.detail.target?.id) || event.detail.elt;
    const errors = summaryIn(swapped);
    if (errors) return errors.focus();
    if (!left || (document.activeElement && document.activeElement !== document.body)) return;
    const same = (left.id && document.getElementById(left.id)) ||
      (left.name && swapped.querySelector(`[name="${CSS.escape(left.name)}"]`));
    // What was folded away again cannot have the focus: what opens it can.
    const opener = same && same.closest("details:not([open])")?.querySelector("summary");
    focusOn(opener || same || swapped.querySelector("summary, h2, h3, h4") || swapped);
    left = null;
  });

  // Words of notes that were not saved leave this browser at sign-out, but not unasked: the page of their notes asks.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.getAttribute("action")?.endsWith("/sign-out/") || document.getElementById("notes-form")) return;
    const own = Object.keys(localStorage).filter((name) => name.startsWith(`allies.notes.${form.dataset.account}.`));
    if (!own.length) return;
    const { page } = Object.values(JSON.parse(localStorage[own[0]]))[0];
    if (location.href.startsWith(page)) return own.forEach((name) => localStorage.removeItem(name));
    event.preventDefault();
    location.assign(`${page}#sign-out`);
  });

  // A request that fails is never silent: what was typed is still on the page, and the page says so.
  const problem = document.getElementById("problem");
  const tell = (hidden) => () => { if (problem) problem.hidden = hidden; };
  document.addEventListener("htmx:responseError", tell(false));
  document.addEventListener("htmx:sendError", tell(false));
  document.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.successful) tell(true)(); });
})();
