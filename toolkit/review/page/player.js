// The recording: played, sought by cue, with the subtitle over it.

import { cueAt, current, listen, select, state } from "./state.js";
import { make, shown } from "./text.js";
import { t } from "./words.js";

const screen = document.getElementById("screen");
const subtitle = document.getElementById("subtitle");
let media = null;
let until = Infinity;
let wish = null;

export const now = () => (media ? Math.round(media.currentTime * 1000) : 0);
export const playing = () => Boolean(media) && !media.paused;
export const length = () => (media && Number.isFinite(media.duration) ? media.duration * 1000 : 0);

export function seek(time) {
  if (!media || time === undefined) return;
  until = Infinity;
  if (media.readyState === 0) wish = time;
  else media.currentTime = time / 1000 + 0.001;
}

export function toggle() {
  if (!media) return;
  until = Infinity;
  if (media.paused) media.play().catch(() => {});
  else media.pause();
}

export function playCue() {
  const cue = current();
  if (!media || cue?.start === undefined) return;
  seek(cue.start);
  until = cue.end;
  media.play().catch(() => {});
}

function show() {
  const time = now();
  if (time >= until && !media.paused) {
    media.pause();
    until = Infinity;
  }
  const cue = state.cues[cueAt(time)];
  const text = cue && time < cue.end ? shown(cue.text) : "";
  if (subtitle.textContent !== text) subtitle.textContent = text;
}

function follow() {
  show();
  if (!playing() || document.activeElement?.closest("#one, dialog")) return;
  const index = cueAt(now());
  if (index >= 0 && index !== state.selected && now() < until) select(index);
}

function build() {
  if (media || !state.media) {
    if (!state.media && !screen.querySelector(".note")) screen.prepend(make("p", { class: "note" }, t("silent")));
    return;
  }
  const kind = state.media.startsWith("audio/") ? "audio" : "video";
  media = make(kind, { src: "media", controls: true, preload: "metadata", "aria-label": t("recording") });
  screen.className = kind;
  media.addEventListener("loadedmetadata", () => {
    if (wish !== null) seek(wish);
    wish = null;
  });
  media.addEventListener("error", () => screen.prepend(make("p", { class: "note" }, t("cannotPlay"))));
  media.addEventListener("timeupdate", follow);
  media.addEventListener("seeked", show);
  screen.prepend(media);
}

/** Call `tick` whenever the playhead may have moved. */
export function start(tick) {
  listen((what) => {
    if (what === "all") build();
    if (media) show();
  });
  const frame = () => {
    if (playing()) {
      show();
      tick();
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  screen.addEventListener("seeked", tick, true);
}
