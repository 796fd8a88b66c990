// Text that stays text: elements are made one by one, and characters that turn the writing direction are shown.

const TURNING = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f]/g;

export function shown(text) {
  return text.replace(TURNING, (char) => `⟨U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** An element with properties and children; a text among these is never read as HTML. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** What was heard with each edit in its place. */
export function pieces(cue) {
  const line = make("bdi");
  for (const piece of cue.pieces || [cue.text]) line.append(...(typeof piece === "string" ? [shown(piece)] : edited(piece)));
  return line;
}

function edited(edit) {
  const doubt = edit.doubt ? " doubt" : "";
  const before = shown(edit.before), after = shown(edit.after);
  if (edit.on) return [make("del", {}, before), make("ins", { class: doubt.trim() || undefined }, after)];
  if (edit.decided) return [make("span", { class: "kept" }, before)];
  return [make("span", { class: "heard" }, before), make("span", { class: "maybe" }, after || "∅")];
}

export function clock(time, exact = false) {
  const seconds = Math.floor(time / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const pad = (number) => String(number).padStart(2, "0");
  const whole = parts[0] ? `${parts[0]}:${pad(parts[1])}:${pad(parts[2])}` : `${parts[1]}:${pad(parts[2])}`;
  return exact ? `${whole}.${String(time % 1000).padStart(3, "0")}` : whole;
}

/** Milliseconds of `1:02:03.450`; NaN for what is no time. */
export function unclock(text) {
  const found = /^(?:(?:(\d+):)?(\d+):)?(\d+)(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!found) return NaN;
  const [, hours = 0, minutes = 0, seconds, rest = "0"] = found;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest.padEnd(3, "0"));
}

/** How many characters, as the server counts them, stand before a caret. */
export const codePoints = (text) => Array.from(text).length;
