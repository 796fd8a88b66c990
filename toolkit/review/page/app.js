// The page put together: its parts started, its buttons and keys, and a look every now and then at what others changed.

import * as actions from "./actions.js";
import * as dialogs from "./dialogs.js";
import * as inspector from "./inspector.js";
import * as list from "./list.js";
import * as player from "./player.js";
import { current, doubts, listen, load, poll, select, state } from "./state.js";
import { clock, shown } from "./text.js";
import { label, t, theme, turnLanguage } from "./words.js";
import * as wave from "./wave.js";

const EVERY = 1500;
const button = (name) => document.getElementById(name);

/** The notice while a recording is being heard: how far it is, or why it has ended. */
function hearing() {
  const { hearing: now } = state;
  document.body.classList.toggle("hearing", Boolean(now));
  for (const name of ["find", "export"]) button(name).disabled = Boolean(now);
  button("hearing").hidden = !now;
  if (!now) return;
  const times = now.total && now.stage === "transcribe" ? ` ${clock(now.done)} / ${clock(now.total)}` : "";
  const bar = button("heard");
  bar.hidden = Boolean(now.error);
  if (times) bar.value = now.done / now.total;
  else bar.removeAttribute("value");
  button("hearing").className = now.error ? "failed" : "";
  const said = now.error ? t("failed", shown(now.error)) : `${t(`stage_${now.stage || "transcribe"}`)}${times} · ${t("notYet")}`;
  if (button("stage-now").textContent !== said) button("stage-now").textContent = said;
}

function count() {
  const left = doubts();
  button("count").textContent = `${t("total", state.cues.length)}, ${left ? t("doubts", left) : t("sure")}`;
  button("title").textContent = state.title || "zimu";
  document.title = `${state.title || ""} — zimu`;
  hearing();
  button("undo").disabled = !state.undo && !state.lessons.length;
  button("redo").disabled = !state.redo;
}

function relabel() {
  turnLanguage();
  count();
  select(state.selected, state.edit === -1 ? -2 : -1);
}

const turnTheme = () => { theme(true); wave.draw(); };
const choose = (number) => actions.edits()[number] && select(state.selected, actions.edits()[number].edit);
const whole = (does) => { const edit = actions.chosen(true); if (edit) does(edit); };

const KEYS = {
  j: () => actions.go(1), ArrowDown: () => actions.go(1), k: () => actions.go(-1), ArrowUp: () => actions.go(-1),
  PageDown: () => actions.go(8), PageUp: () => actions.go(-8),
  Home: () => actions.go(-state.cues.length), End: () => actions.go(state.cues.length),
  n: () => actions.goDoubtful(1), N: () => actions.goDoubtful(-1),
  a: () => actions.decide(actions.chosen(true), true), x: () => actions.decide(actions.chosen(false), false),
  A: () => actions.decide(actions.chosen(true), true, true), X: () => actions.decide(actions.chosen(false), false, true),
  c: actions.check, e: inspector.typeText, Enter: inspector.typeText, " ": player.toggle, r: player.playCue,
  s: () => actions.split(), m: actions.merge, "[": () => actions.toPlayhead("start"), "]": () => actions.toPlayhead("end"),
  ",": () => actions.nudge("start", -50), ".": () => actions.nudge("start", 50),
  "<": () => actions.nudge("end", -50), ">": () => actions.nudge("end", 50),
  "+": () => wave.zoom(0.7), "=": () => wave.zoom(0.7), "-": () => wave.zoom(1.4),
  w: () => whole(dialogs.wherever), l: () => whole((edit) => actions.teach("always", edit)),
  v: () => whole((edit) => actions.teach("never", edit)),
  p: inspector.togglePinyin, f: () => button("find").click(), "/": () => button("find").click(), g: () => button("export").click(), z: actions.undo, Z: actions.redo,
  t: turnTheme, "?": dialogs.keys,
};

const WITH_CTRL = { z: actions.undo, y: actions.redo, Z: actions.redo, f: () => button("find").click() };

function pressed(event) {
  const target = event.target;
  if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = target.matches("textarea, input");
  const ctrl = event.ctrlKey || event.metaKey;
  if (typing || (target.matches("button, a, audio, video") && (event.key === " " || event.key === "Enter"))) return;
  const does = ctrl ? WITH_CTRL[event.key] : KEYS[event.key] || (/^[1-9]$/.test(event.key) ? () => choose(Number(event.key) - 1) : null);
  if (!does) return;
  event.preventDefault();
  does();
}

async function watch() {
  if (document.hidden) return;
  try {
    await poll();
    if ([t("gone"), t("ended")].includes(button("wrong").textContent)) button("wrong").textContent = "";
  } catch (problem) {
    actions.complain(problem);
  }
}

function start() {
  theme();
  label();
  listen(count);
  list.start(() => player.seek(current()?.start));
  player.start(wave.draw);
  wave.start(actions.move);
  inspector.start(dialogs.wherever);
  const clicks = { next: () => actions.goDoubtful(1), undo: actions.undo, redo: actions.redo, find: dialogs.find, export: dialogs.take, language: relabel, theme: turnTheme, help: dialogs.keys };
  for (const [name, does] of Object.entries(clicks)) button(name).addEventListener("click", does);
  document.addEventListener("keydown", pressed);
  document.addEventListener("visibilitychange", watch);
  button("count").textContent = t("loading");
  load().then(() => {
    requestAnimationFrame(() => performance.mark("ready"));
    document.body.dataset.ready = "yes";
    button("list").focus({ preventScroll: true });
    setInterval(watch, EVERY);
  }, actions.complain);
}

start();
