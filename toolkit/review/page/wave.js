// The waveform around the playhead or the selected cue, with handles by which the cue is moved.

import * as player from "./player.js";
import { cueAt, current, listen, state } from "./state.js";
import { clock } from "./text.js";

const STEP = 20;
const NUDGE = 10;
const SNAP = 60;
const box = document.getElementById("wave");
const canvas = document.getElementById("peaks");
const head = document.getElementById("head");
const handles = { start: document.getElementById("from"), end: document.getElementById("to") };
let levels = new Uint8Array(0);
let span = 12000;
let left = 0;
let drag = null;
let retime = () => {};

async function read() {
  let complete = false;
  while (!complete) {
    const answer = await fetch(`peaks?from=${levels.length}`).catch(() => null);
    if (!answer?.ok) return;
    const more = new Uint8Array(await answer.arrayBuffer());
    complete = answer.headers.get("X-Complete") === "yes";
    if (more.length) {
      const joined = new Uint8Array(levels.length + more.length);
      joined.set(levels);
      joined.set(more, levels.length);
      levels = joined;
      draw();
    }
    if (!complete) await new Promise((go) => setTimeout(go, 400));
  }
}

/** The times of the selected cue, as they are being dragged. */
export const times = () => (drag ? drag.times : current());

/** The nearest times that a cue may have between its neighbours. */
export function allowed(start, end) {
  const before = state.cues[state.selected - 1], behind = state.cues[state.selected + 1];
  const from = Math.min(Math.max(Math.round(start), before?.start ?? 0, 0), behind?.start ?? Infinity);
  return { start: from, end: Math.max(Math.round(end), from + 40) };
}

const at = (time) => ((time - left) / span) * box.clientWidth;
const under = (x) => left + ((x - box.getBoundingClientRect().left) / box.clientWidth) * span;

function centre() {
  const cue = times();
  const time = player.playing() || cue?.start === undefined ? player.now() : (cue.start + cue.end) / 2;
  if (!drag && (time < left + span * 0.15 || time > left + span * 0.85)) left = Math.max(0, time - span / 2);
}

export function draw() {
  if (box.hidden || !box.clientWidth) return;
  centre();
  const ratio = devicePixelRatio || 1, width = box.clientWidth, height = box.clientHeight;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  const style = getComputedStyle(box);
  shade(pen, height, style);
  pen.fillStyle = style.getPropertyValue("--wave");
  for (let x = 0; x < width; x += 1) {
    const first = Math.floor((left + (x / width) * span) / STEP), last = Math.ceil((left + ((x + 1) / width) * span) / STEP);
    let level = 0;
    for (let index = first; index < last && index < levels.length; index += 1) level = Math.max(level, levels[index]);
    const tall = Math.max(1, (level / 255) * (height - 6));
    pen.fillRect(x, (height - tall) / 2, 1, tall);
  }
  move();
}

function shade(pen, height, style) {
  for (let index = Math.max(0, cueAt(left) - 1); index < state.cues.length; index += 1) {
    const mine = index === state.selected;
    const { start, end } = mine ? times() : state.cues[index];
    if (start === undefined || start > left + span) break;
    pen.fillStyle = style.getPropertyValue(mine ? "--mine" : "--other");
    pen.fillRect(at(start), 0, Math.max(1, at(end) - at(start) - 1), height);
  }
}

function move() {
  head.style.transform = `translateX(${at(player.now())}px)`;
  const cue = times();
  for (const [name, handle] of Object.entries(handles)) {
    handle.hidden = cue?.start === undefined;
    if (handle.hidden) continue;
    const x = at(cue[name]);
    handle.style.transform = `translateX(${Math.min(Math.max(x, -20), box.clientWidth + 20)}px)`;
    handle.setAttribute("aria-valuenow", cue[name]);
    handle.setAttribute("aria-valuemax", Math.max(cue.end, Math.round(player.length())));
    handle.setAttribute("aria-valuetext", clock(cue[name], true));
  }
}

/** Times as a drag of one end to `time` would leave them; ends stick to those of neighbours. */
function dragged(name, time) {
  const cue = current();
  const near = [state.cues[state.selected - 1]?.end, state.cues[state.selected + 1]?.start, player.now()];
  const stuck = near.find((each) => each !== undefined && Math.abs(each - time) < SNAP) ?? time;
  return name === "start" ? allowed(Math.min(stuck, cue.end - 40), cue.end) : allowed(cue.start, Math.max(stuck, cue.start + 40));
}

function grab(name, handle) {
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    drag = { times: { ...current() } };
  });
  handle.addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.times = { ...current(), ...dragged(name, under(event.clientX)) };
    draw();
  });
  const drop = () => {
    if (!drag) return;
    const { start, end } = drag.times;
    drag = null;
    if (start !== current().start || end !== current().end) retime(start, end);
    draw();
  };
  handle.addEventListener("pointerup", drop);
  handle.addEventListener("pointercancel", () => { drag = null; draw(); });
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -NUDGE, ArrowDown: -NUDGE, ArrowRight: NUDGE, ArrowUp: NUDGE, PageDown: -10 * NUDGE, PageUp: 10 * NUDGE }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const cue = current();
    const next = name === "start" ? allowed(Math.min(cue.start + by, cue.end - 40), cue.end) : allowed(cue.start, Math.max(cue.end + by, cue.start + 40));
    retime(next.start, next.end);
  });
}

export function zoom(factor) {
  const middle = left + span / 2;
  span = Math.min(120000, Math.max(2000, span * factor));
  left = Math.max(0, middle - span / 2);
  draw();
}

/** `moved(start, end)` is called when the selected cue was given other times. */
export function start(moved) {
  retime = moved;
  for (const [name, handle] of Object.entries(handles)) grab(name, handle);
  canvas.addEventListener("click", (event) => player.seek(Math.max(0, under(event.clientX))));
  box.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.ctrlKey) zoom(event.deltaY > 0 ? 1.25 : 0.8);
    else {
      left = Math.max(0, left + (span * Math.sign(event.deltaY || event.deltaX)) / 8);
      draw();
    }
  }, { passive: false });
  new ResizeObserver(draw).observe(box);
  listen((what) => {
    if (what === "all") {
      box.hidden = !state.media;
      if (state.media && !levels.length) read();
    }
    draw();
  });
}
