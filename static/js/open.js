// Opens a file that is chosen, or dropped anywhere on the page, by submitting the form in the bar.

import { takeConfig } from "./archive.js";

const form = document.getElementById("upload");
const field = document.getElementById("upload-file");
const fault = document.getElementById("upload-fault");
const drop = document.getElementById("drop");

document.addEventListener("change", (event) => {
  if (event.target.type === "file" && event.target.files.length) send(event.target.files[0]);
});

async function send(file) {
  // Of a .keras file only the configuration leaves this computer; the rest is weights.
  const sent = (await takeConfig(file)) ?? file;
  const longest = Number(form.dataset.longest);
  if (sent.size > longest) return tell(describeSize(file, longest));
  const files = new DataTransfer();
  files.items.add(sent);
  field.files = files.files;
  fault.textContent = "";
  form.submit();
}

function describeSize(file, longest) {
  const [size, most] = [file.size, longest].map((bytes) => Math.round(bytes / 1e6).toLocaleString("en"));
  return `${file.name} has ${size} MB; at most ${most} MB are read. What model.to_json() prints can be pasted instead.`;
}

function tell(words) {
  field.value = "";
  fault.textContent = words;
  document.getElementById("open-menu").open = true;
}

const holdsFile = (event) => event.dataTransfer?.types.includes("Files");

document.addEventListener("dragover", (event) => {
  if (!holdsFile(event)) return;
  event.preventDefault();
  drop.hidden = false;
});

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.hidden = true;
});

document.addEventListener("drop", (event) => {
  drop.hidden = true;
  if (!holdsFile(event)) return;
  event.preventDefault();
  const [item] = event.dataTransfer.items;
  if (item.webkitGetAsEntry()?.isDirectory) {
    tell("This is a folder, a SavedModel perhaps, which holds no layers. Save it as model.keras, and open that.");
  } else send(item.getAsFile());
});
