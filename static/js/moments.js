// The words below the unrolled picture: what each layer reads, remembers and returns at the time cursor's timestep
// (counted from 0), or at any timestep t if there is none.

import { writeText } from "./text.js";

export function tellMoments(now) {
  const when = document.getElementById("moments-when");
  if (!when) return;
  writeText(when, now === null ? "each timestep t" : `t = ${(now + 1).toLocaleString("en")}`);
  for (const wire of document.querySelectorAll("#moments :is([data-shift], [data-at])")) {
    const index = now === null ? null : findIndex(wire, now);
    const letter = wire.querySelector("sub");
    writeText(letter, index ?? letter.dataset.general);
    wire.classList.toggle("absent", index === "");
  }
  for (const row of document.querySelectorAll("#moments [data-last]")) {
    row.classList.toggle("waits", now !== null && Number(row.dataset.last) !== now);
    row.classList.toggle("arrives", now !== null && Number(row.dataset.last) === now);
  }
}

// Which step of its data a wire carries while the cursor stands here; empty for none.
function findIndex({ dataset, parentElement }, now) {
  if (dataset.at) return JSON.parse(dataset.at)[now] ?? "";
  const here = now < Number(parentElement.closest("li").dataset.timesteps);
  return here ? (now + 1 + Number(dataset.shift)).toLocaleString("en") : "";
}
