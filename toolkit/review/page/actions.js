// What a person does to the selected cue; every action is saved by the server before the page shows it.

import * as player from "./player.js";
import { act, cueAt, current, doubtful, doubts, learn, select, similar, state, turn, unlearn } from "./state.js";
import { codePoints } from "./text.js";
import { allowed } from "./wave.js";
import { t } from "./words.js";

const said = document.getElementById("said");
const wrong = document.getElementById("wrong");
let hush = 0;

export function say(text) {
  wrong.textContent = "";
  said.textContent = text;
  clearTimeout(hush);
  hush = setTimeout(() => { said.textContent = ""; }, 4000);
}

export function complain(problem) {
  said.textContent = "";
  wrong.textContent = problem.status === 0 ? t(state.hearing ? "ended" : "gone") : problem.status === 409 ? t("stale") : problem.message;
  if (problem.status !== 0) setTimeout(() => { wrong.textContent = ""; }, 8000);
}

/** Do something that the server answers; true where it was done. */
export async function attempt(does, done = t("saved")) {
  if (state.hearing) {
    say(t("notYet"));
    return false;
  }
  try {
    await does();
  } catch (problem) {
    complain(problem);
    return false;
  }
  say(done);
  return true;
}

export const edits = (cue = current()) => (cue?.pieces || []).filter((piece) => typeof piece !== "string");

/** The edit that keys are about: the chosen one, the first in doubt, or the first for which it makes a difference. */
export function chosen(on) {
  const all = edits();
  return all.find((each) => each.edit === state.edit) || all.find((each) => each.doubt) || all.find((each) => each.on !== on) || all[0];
}

export function go(step) {
  select(state.selected + step);
  player.seek(current()?.start);
}

export function goDoubtful(step = 1) {
  const index = doubtful(state.selected, step);
  if (index < 0) return say(t("nothing"));
  select(index);
  return player.seek(current().start);
}

export async function decide(edit, on, onward = false) {
  if (!edit) return;
  const cue = current();
  const done = await attempt(() => act([{ do: "decide", cue, edit: edit.edit, on }]));
  if (done && onward && !edits().some((each) => each.doubt) && doubts()) goDoubtful();
}

export async function write(cue, text) {
  return text === cue.text || attempt(() => act([{ do: "text", cue, text }]));
}

export function move(start, end) {
  return attempt(() => act([{ do: "times", cue: current(), start, end }]));
}

export function nudge(name, by) {
  const cue = current();
  if (cue?.start === undefined) return;
  const next = { start: cue.start, end: cue.end, [name]: cue[name] + by };
  if (next.end - next.start < 40) return;
  const { start, end } = allowed(next.start, next.end);
  move(start, end);
}

export function toPlayhead(name) {
  const cue = current();
  if (cue?.start === undefined) return;
  nudge(name, player.now() - cue[name]);
}

/** Split at a caret in the text as it is typed, else at the playhead, else in the middle. */
export function split(text = null, caret = null) {
  const cue = current();
  const steps = text !== null && text !== cue.text ? [{ do: "text", cue, text }] : [];
  const time = player.now();
  if (caret !== null) steps.push({ do: "split", cue, at: codePoints(text.slice(0, caret)) });
  else if (cue.start < time && time < cue.end && cueAt(time) === state.selected) steps.push({ do: "split", cue, time });
  else steps.push({ do: "split", cue, at: Math.floor(codePoints(cue.text) / 2) });
  return attempt(() => act(steps));
}

export const merge = () => attempt(() => act([{ do: "merge", cue: current() }]));
export const check = () => attempt(() => act([{ do: "check", cue: current(), on: !current().checked }]));

export async function undo() {
  const lesson = state.lessons[state.lessons.length - 1];
  if (lesson && lesson.undo === state.undo) {
    let file = "";
    return attempt(async () => { ({ file } = await unlearn()); }).then((done) => done && say(t("unlearnt", file)));
  }
  return state.undo ? attempt(() => turn("undo"), t("undid")) : say(t("nothingToUndo"));
}

export const redo = () => state.redo && attempt(() => turn("redo"), t("redid"));

export async function teach(what, edit) {
  if (!edit) return;
  if (state.hearing) return say(t("notYet"));
  try {
    const answer = await learn(what, edit.before, what === "always" ? edit.after : "");
    say(t(answer.learnt ? (what === "always" ? "learntAlways" : "learntNever") : "known", answer.file));
  } catch (problem) {
    complain(problem);
  }
}

/** The places that look like an edit, as rows for `dialogs.places`. */
export async function placesLike(edit) {
  const { places } = await similar(edit.before, edit.after);
  return places.map((place) => ({
    id: place.id,
    v: place.v,
    now: place.text,
    then: place.edit === undefined ? place.then : `${edit.before.trim()} → ${place.then}`,
    why: place.why === "sound" ? `${t("bySound")}: ${place.found}` : t(place.why === "edit" ? "byEdit" : "byText"),
    step: place.edit === undefined
      ? { do: "text", cue: place, text: place.then }
      : { do: "decide", cue: place, edit: place.edit, on: true },
    unsure: place.why === "sound",
  }));
}

/** The places in which a text is found, as rows for `dialogs.places`. */
export function placesOf(text, put, exactly) {
  if (!text) return [];
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), exactly ? "gu" : "giu");
  const found = [];
  for (const cue of state.cues) {
    pattern.lastIndex = 0;
    if (!pattern.test(cue.text)) continue;
    const then = cue.text.replace(pattern, () => put);
    found.push({ id: cue.id, now: cue.text, then, why: "", step: { do: "text", cue, text: then }, unsure: false });
  }
  return found;
}
