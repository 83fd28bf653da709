// The letter page with its panel. The form needs no script; this shows in the letter below what was filled in.

import {} from "./letter.js";
import { byId, fill } from "./shell.js";

const ownLetter = byId("own-letter");
const two = (number) => String(number).padStart(2, "0");

/** A date of the form as letters write it: days below 10 and the months 1 and 2 with a zero (NĐ 30, mục II.4). */
function inLetters(value) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const [year, month, day] = value.split("-").map(Number);
  return { day: two(day), month: month < 3 ? two(month) : String(month), year: String(year) };
}

// Each place in which number or date stand, with its blanks as they came.
const places = [...document.querySelectorAll(".registered p, .place-date, .reference em")].map((place) => ({
  place,
  nodes: [...place.childNodes],
}));
const signerPlace = document.querySelector(".signer-name strong");
const signerName = signerPlace?.textContent;

function written(node, before, number, date) {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = date ? node.data.replace(/tháng \d+ năm \d+/, `tháng ${date.month} năm ${date.year}`) : node.data;
    return document.createTextNode(text);
  }
  if (/ngày\s*$/.test(before?.textContent ?? "")) return date ? document.createTextNode(` ${date.day} `) : node;
  return number ? document.createTextNode(` ${two(number)}`) : node;
}

function showFilled() {
  const { number, date, signer, agency } = ownLetter.elements;
  const isOurs = agency.value === ""; // the letter of an office that passes it on is not the one shown
  const day = inLetters(date.value);
  byId("own-date-said").textContent = day ? fill(ownLetter.dataset.date, day) : "";
  const digits = isOurs ? number.value.replace(/\D/g, "").replace(/^0+/, "") : "";
  for (const { place, nodes } of places) {
    place.replaceChildren(...nodes.map((node, at) => written(node, nodes[at - 1], digits, isOurs ? day : null)));
  }
  if (signerPlace) signerPlace.textContent = (isOurs && signer.value.trim()) || signerName;
}

if (ownLetter) {
  ownLetter.addEventListener("input", showFilled);
  addEventListener("pageshow", showFilled); // a browser that goes back fills the form again
}
