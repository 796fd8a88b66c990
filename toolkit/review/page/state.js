// The cues as the server has them: loaded once, kept up by patches, changed by actions that the server answers.

export const state = { cues: [], revision: 0, boot: "", undo: 0, redo: 0, selected: 0, edit: -1, media: null, lessons: [], hearing: null };

const listeners = new Set();
let places = new Map();
let queue = Promise.resolve();
let latest = 0;

export class Problem extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/** Call `heard(what)` after every change: "all", "cues" or "selection". */
export function listen(heard) {
  listeners.add(heard);
}

function tell(what) {
  for (const heard of listeners) heard(what);
}

async function ask(path, told) {
  const options = told === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told),
  };
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Problem(0, "");
  }
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, value.error || answer.statusText);
  return value;
}

/** One request after another, so that patches come in their order. */
function inTurn(does) {
  const result = queue.then(does);
  queue = result.catch(() => {});
  return result;
}

export function load() {
  return inTurn(reload);
}

async function reload() {
  const { id, start } = state.cues[state.selected] || {};
  const boot = state.boot;
  Object.assign(state, await ask("api/cues"));
  number();
  const anew = boot && boot !== state.boot && start !== undefined; // what was heard is cut anew: its time is the place
  const there = anew ? cueAt(start) : places.get(id) ?? state.selected;
  state.selected = Math.max(0, Math.min(there, state.cues.length - 1));
  state.edit = -1;
  tell("all");
}

export function act(steps) {
  const sent = steps.map(({ cue, ...step }) => ({ ...step, id: cue.id, v: cue.v }));
  return inTurn(async () => take(await told("api/act", { steps: sent })));
}

export function turn(which) {
  return inTurn(async () => take(await told(`api/${which}`, {}), true));
}

async function told(path, body) {
  try {
    return await ask(path, { ...body, since: state.revision });
  } catch (problem) {
    if (problem.status === 409) await catchUp();
    throw problem;
  }
}

/** Ask for what other windows changed. */
export function poll() {
  return inTurn(catchUp);
}

async function catchUp() {
  const news = await ask(`api/changes?boot=${state.boot}&since=${state.revision}`);
  await take(news);
}

export const similar = (before, after) => ask("api/similar", { before, after });
export const pinyin = (cue) => ask(`api/pinyin?id=${cue.id}`);

export async function learn(what, before, after) {
  const answer = await ask("api/learn", { what, before, after });
  if (answer.learnt) state.lessons.push({ undo: state.undo });
  return answer;
}

export async function unlearn() {
  state.lessons.pop();
  return ask("api/unlearn", {});
}

async function take(news, show = false) {
  if (news.reload) return reload();
  const { patches = [], ...rest } = news;
  const kept = state.cues[state.selected]?.id;
  const chosen = state.edit;
  const atEnd = rest.hearing && state.selected >= state.cues.length - 1;
  let first = -1;
  for (const patch of patches) {
    state.cues.splice(patch.at, patch.remove, ...patch.insert);
    first = patch.at;
  }
  Object.assign(state, rest);
  if (!patches.length) return tell("state");
  number();
  const place = atEnd ? state.cues.length - 1 : show && first >= 0 ? first : places.get(kept) ?? state.selected;
  state.selected = Math.max(0, Math.min(place, state.cues.length - 1));
  state.edit = show ? -1 : chosen;
  return tell("cues");
}

function number() {
  places = new Map(state.cues.map((cue, place) => [cue.id, place]));
}

export const place = (id) => places.get(id);

/** Choose a cue, and where it is known, one of its edits. */
export function select(index, edit = -1) {
  const at = Math.max(0, Math.min(index, state.cues.length - 1));
  if (at === state.selected && edit === state.edit) return;
  state.selected = at;
  state.edit = edit;
  tell("selection");
}

export const current = () => state.cues[state.selected];

export function doubtful(from, step) {
  for (let count = 1; count <= state.cues.length; count += 1) {
    const index = ((from + step * count) % state.cues.length + state.cues.length) % state.cues.length;
    if (state.cues[index].why) return index;
  }
  return -1;
}

export const doubts = () => state.cues.reduce((count, cue) => count + (cue.why ? 1 : 0), 0);

/** The cue that is spoken at a time, or the last before it; cues without times have none. */
export function cueAt(time) {
  let low = 0, high = state.cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((state.cues[middle].start ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
