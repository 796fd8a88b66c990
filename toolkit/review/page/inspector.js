// The selected cue in full: its text to type in, its times, each edit with its evidence, and what can be done.

import * as actions from "./actions.js";
import * as player from "./player.js";
import { current, listen, pinyin, select, state } from "./state.js";
import { clock, make, shown, unclock } from "./text.js";
import { t } from "./words.js";

const place = document.getElementById("one");
let wherever = () => {};
let drawn = "";
let withPinyin = false;

function button(word, key, does, more = {}) {
  const { class: kind = "", ...rest } = more;
  return make("button", { type: "button", class: kind || undefined, onclick: does, ...rest }, t(word), key ? make("kbd", { "aria-hidden": "true" }, key) : null);
}

function time(cue, name) {
  const input = make("input", { id: `time-${name}`, value: clock(cue[name], true), inputmode: "decimal", autocomplete: "off", spellcheck: "false" });
  input.addEventListener("change", () => {
    const typed = unclock(input.value);
    const next = { start: cue.start, end: cue.end, [name]: typed };
    if (Number.isFinite(typed)) actions.move(next.start, next.end);
    else input.value = clock(cue[name], true);
  });
  return make("label", { class: "time" }, t(name), input);
}

function text(cue) {
  const input = make("textarea", { id: "text", rows: "2", "aria-label": t("text"), dir: "auto", spellcheck: "false", title: t("saveHint") });
  input.value = cue.text;
  let left = false;
  const leave = () => { left = true; document.getElementById("list").focus(); };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      left = true;
      actions.split(input.value, input.selectionStart).then(() => document.getElementById("list").focus());
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      actions.write(cue, input.value).then((done) => done && leave());
    } else if (event.key === "Escape") {
      event.preventDefault();
      input.value = cue.text;
      leave();
    }
  });
  input.addEventListener("blur", () => {
    if (!left && input.value !== cue.text) actions.write(cue, input.value);
    left = false;
  });
  return input;
}

function evidence(edit) {
  const facts = make("dl", { class: "facts" });
  for (const [name, value] of edit.evidence) {
    facts.append(make("div", {}, make("dt", {}, shown(name)), make("dd", {}, make("bdi", {}, shown(value)))));
  }
  return facts;
}

function card(edit, number) {
  const fate = edit.on ? "changed" : edit.decided ? "undone" : "suggestion";
  const chosen = state.edit === edit.edit || (state.edit < 0 && actions.chosen(true) === edit);
  const line = make("p", { class: "change" }, make("del", {}, shown(edit.before) || "∅"), " → ", make("ins", {}, shown(edit.after) || "∅"));
  const facts = `${t(fate)} · ${t("rule")} ${shown(edit.rule)} · ${t("score")} ${edit.score.toFixed(2)}`;
  const does = make("div", { class: "does" },
    button("accept", "a", () => actions.decide(edit, true), { class: edit.doubt ? "main" : "", disabled: edit.on && edit.decided }),
    button("reject", "x", () => actions.decide(edit, false), { disabled: !edit.on && edit.decided }),
    button("wherever", "w", () => wherever(edit)), button("always", "l", () => actions.teach("always", edit)),
    button("never", "v", () => actions.teach("never", edit)));
  return make("li", { class: `card${edit.doubt ? " doubt" : ""}${chosen ? " chosen" : ""}`, onclick: () => select(state.selected, edit.edit) },
    make("div", { class: "line" }, make("span", { class: "number", "aria-hidden": "true" }, String(number)), line),
    make("p", { class: "why" }, facts), evidence(edit), does);
}

async function sounds(cue, box) {
  try {
    const { pairs } = await pinyin(cue);
    box.replaceChildren(...pairs.map(([char, sound]) => (sound ? make("ruby", {}, char, make("rt", {}, sound)) : shown(char))));
  } catch (problem) {
    actions.complain(problem);
  }
}

function draw() {
  const cue = current();
  const name = cue ? `${cue.id} ${cue.v} ${state.edit} ${withPinyin} ${Boolean(state.hearing)} ${document.documentElement.lang}` : "";
  const typing = place.contains(document.activeElement) ? document.activeElement.id : "";
  if (name === drawn) return;
  const draft = typing === "text" && drawn.startsWith(`${cue?.id} ${cue?.v} `) ? document.getElementById("text").value : null;
  drawn = name;
  if (!cue) return place.replaceChildren();
  const why = cue.why ? t(cue.why) : cue.checked ? t("checked") : "";
  const ruby = make("p", { class: "ruby", hidden: !withPinyin });
  place.replaceChildren(
    make("div", { class: "head" }, make("h2", {}, `${t("cue")} ${state.selected + 1}`), make("span", { class: "reason" }, why),
      ...(cue.start === undefined ? [] : [time(cue, "start"), time(cue, "end")])),
    text(cue), ruby, cue.translation ? make("p", { class: "translation" }, `${t("translation")}: `, make("bdi", {}, shown(cue.translation))) : "",
    make("div", { class: "does" }, button("play", "r", player.playCue, { class: "heard" }), button("split", "s", () => actions.split()), button("merge", "m", actions.merge),
      button("right", "c", actions.check, { "aria-pressed": String(Boolean(cue.checked)) }), button("pinyin", "p", togglePinyin, { "aria-pressed": String(withPinyin) })),
    make("ol", { class: "edits" }, ...actions.edits(cue).map((edit, index) => card(edit, index + 1))),
  );
  if (state.hearing) {
    for (const input of place.querySelectorAll("input, textarea")) input.readOnly = true;
    for (const each of place.querySelectorAll(".does button:not(.heard)")) each.disabled = true;
  }
  if (withPinyin) sounds(cue, ruby);
  if (draft !== null) document.getElementById("text").value = draft;
  if (typing) document.getElementById(typing)?.focus();
  else if (document.activeElement === document.body) document.getElementById("list").focus({ preventScroll: true });
  return undefined;
}

export function togglePinyin() {
  withPinyin = !withPinyin;
  draw();
}

export function typeText() {
  const input = document.getElementById("text");
  input?.focus();
  input?.setSelectionRange(input.value.length, input.value.length);
}

/** `similar(edit)` shows the places that an edit may be meant for too. */
export function start(similar) {
  wherever = similar;
  listen(draw);
}
