// Dialogs: the places of a change before it is made, find and replace, what can be taken home, the keys.

import { attempt, complain, placesLike, placesOf } from "./actions.js";
import { act, place, select, state } from "./state.js";
import { make, shown } from "./text.js";
import { KEYS, language, t } from "./words.js";

const dialog = document.getElementById("dialog");
const MOST = 1000;

function open(title, ...content) {
  const close = make("button", { type: "button", class: "close", onclick: () => dialog.close() }, t("close"));
  dialog.replaceChildren(make("div", { class: "head" }, make("h2", { id: "asked" }, title), close), ...content);
  if (!dialog.open) dialog.showModal();
}

/** A list of places with a box each, and a button that changes those that are ticked. */
function listed(found, changed) {
  if (!found.length) return [make("p", {}, t("noPlaces"))];
  const boxes = found.map((row, index) => make("input", { type: "checkbox", checked: !row.unsure, id: `place-${index}` }));
  const apply = make("button", { type: "button", class: "main", id: "apply" });
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    apply.textContent = t("apply", ticked);
    apply.disabled = !ticked;
  };
  const rows = found.slice(0, MOST).map((row, index) => make("li", {}, boxes[index],
    make("label", { for: `place-${index}` }, make("bdi", { class: "now" }, shown(row.now)), make("bdi", { class: "then" }, shown(row.then)), row.why ? make("small", {}, shown(row.why)) : ""),
    make("button", { type: "button", class: "plain", "aria-label": `${t("cue")} ${place(row.id) + 1}`, onclick: () => { dialog.close(); select(place(row.id)); } }, String(place(row.id) + 1))));
  const every = make("input", { type: "checkbox", id: "every", onchange: (event) => { for (const box of boxes) box.checked = event.target.checked; count(); } });
  apply.addEventListener("click", async () => {
    const steps = found.filter((_, index) => boxes[index].checked).map((row) => row.step);
    if (await attempt(() => act(steps), t("apply", steps.length))) changed();
  });
  const list = make("ul", { class: "places", tabindex: "0", "aria-label": t("places", found.length), onchange: count }, ...rows);
  count();
  return [make("p", { class: "above" }, make("label", {}, every, ` ${t("all")}`), ` ${t("places", found.length)}`), list,
    found.length > MOST ? make("p", {}, `… ${found.length - MOST}`) : "", apply];
}

export async function wherever(edit) {
  try {
    const found = await placesLike(edit);
    open(`${shown(edit.before)} → ${shown(edit.after)}`, ...listed(found, () => dialog.close()));
  } catch (problem) {
    complain(problem);
  }
}

export function find() {
  const text = make("input", { id: "find-text", type: "search", autocomplete: "off" });
  const put = make("input", { id: "find-put", autocomplete: "off" });
  const exactly = make("input", { type: "checkbox", id: "find-case" });
  const results = make("div", { class: "results" });
  const search = () => results.replaceChildren(...(text.value ? listed(placesOf(text.value, put.value, exactly.checked).filter((row) => put.value === "" || row.then !== row.now), search) : []));
  for (const input of [text, put, exactly]) input.addEventListener("input", search);
  open(t("find"), make("div", { class: "fields" }, make("label", {}, t("findText"), text), make("label", {}, t("replaceWith"), put), make("label", { class: "tick" }, exactly, t("matchCase"))), results);
  text.focus();
}

export function take() {
  const stem = state.record.replace(/(\.edits)?\.jsonl$/, "");
  const links = state.exports.map((name) => make("li", {}, make("a", { href: `export/${name}`, download: `${stem}.${name}` }, name.toUpperCase())));
  const report = make("a", { href: `report.html?lang=${language}`, target: "_blank", rel: "noopener" }, t("report"));
  open(t("export"), make("h3", {}, t("formats")), make("ul", { class: "formats" }, ...links), make("p", {}, report));
}

export function keys() {
  const rows = KEYS.map(([key, english, chinese]) => make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key)), make("td", {}, language === "zh" ? chinese : english)));
  open(t("keys"), make("div", { class: "keys", tabindex: "0", role: "region", "aria-label": t("keys") }, make("table", {}, make("tbody", {}, ...rows))));
}
