// The list of cues: only the rows that can be seen, and a screen of them above and below, are there.

import { listen, place, select, state } from "./state.js";
import { clock, make, pieces } from "./text.js";
import { t } from "./words.js";

export const ROW = 64;
const SPARE = 24;

const list = document.getElementById("list");
const rows = document.getElementById("rows");
const there = new Map();

function row(cue, index) {
  const flag = cue.why ? make("span", { class: "flag", title: t(cue.why) }, "?") : cue.checked ? make("span", { class: "flag done", title: t("checked") }, "✓") : null;
  const time = cue.start === undefined ? `${index + 1}` : clock(cue.start);
  const element = make(
    "div",
    { class: `row${cue.why ? " why" : ""}`, role: "option", id: `cue-${cue.id}`, "aria-setsize": String(state.cues.length), "aria-posinset": String(index + 1), "aria-selected": String(index === state.selected) },
    make("span", { class: "time" }, time), make("span", { class: "text" }, pieces(cue)), flag,
  );
  element.style.top = `${index * ROW}px`;
  element.dataset.v = cue.v;
  element.dataset.index = index;
  return element;
}

/** Bring the rows in line with what can be seen. */
export function draw() {
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - SPARE);
  const last = Math.min(state.cues.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + SPARE);
  for (const [index, element] of there) {
    const cue = state.cues[index];
    if (index < first || index >= last || element.dataset.v !== cue.v || element.id !== `cue-${cue.id}`) {
      element.remove();
      there.delete(index);
    }
  }
  const fresh = document.createDocumentFragment();
  for (let index = first; index < last; index += 1) {
    let element = there.get(index);
    if (!element) {
      element = row(state.cues[index], index);
      there.set(index, element);
      fresh.append(element);
    }
    const selected = String(index === state.selected);
    if (element.getAttribute("aria-selected") !== selected) element.setAttribute("aria-selected", selected);
  }
  rows.append(fresh);
}

/** Scroll so that the selected cue can be seen. */
export function reveal() {
  const top = state.selected * ROW;
  const room = list.clientHeight;
  if (top < list.scrollTop + ROW || top + 2 * ROW > list.scrollTop + room) list.scrollTop = Math.max(0, top - room / 2 + ROW / 2);
  const cue = state.cues[state.selected];
  draw();
  if (cue) list.setAttribute("aria-activedescendant", `cue-${cue.id}`);
}

function redraw() {
  rows.style.height = `${state.cues.length * ROW}px`;
  for (const element of there.values()) element.remove();
  there.clear();
  reveal();
}

export function start(chosen) {
  list.addEventListener("scroll", draw, { passive: true });
  new ResizeObserver(draw).observe(list);
  rows.addEventListener("click", (event) => {
    const found = event.target.closest(".row");
    if (!found) return;
    const index = place(Number(found.id.slice(4)));
    if (index !== undefined) {
      select(index);
      chosen(index);
    }
  });
  listen((what) => {
    if (what === "selection") reveal();
    else if (what === "all" || what === "words") redraw();
    else if (what === "cues") {
      rows.style.height = `${state.cues.length * ROW}px`;
      for (const [index, element] of there) {
        const cue = state.cues[index];
        if (!cue || element.id !== `cue-${cue.id}` || element.dataset.v !== cue.v || element.getAttribute("aria-setsize") !== String(state.cues.length)) {
          element.remove();
          there.delete(index);
        }
      }
      reveal();
    }
  });
}
