// The buttons that copy a link to the clipboard, and that close the share sheet.

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) await copyField(copy, document.getElementById(copy.dataset.copy));
  const close = event.target.closest("[data-close]");
  if (close) closeSheet(close.dataset.close);
});

async function copyField(button, field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Without a secure context there is no clipboard: the text stays selected, to be copied by hand.
    return;
  }
  if (button.dataset.copied) return;
  const words = [...button.childNodes];
  button.dataset.copied = "yes";
  button.replaceChildren("Copied");
  setTimeout(() => {
    button.replaceChildren(...words);
    delete button.dataset.copied;
  }, 1500);
}

function closeSheet(id) {
  document.getElementById(id).replaceChildren();
  document.querySelector("#share .primary").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector("#share-link .sheet")) closeSheet("share-link");
});

// A link to an older model must not stay beside a newer one.
document.addEventListener("input", (event) => {
  if (event.target.closest("#workspace")) document.getElementById("share-link")?.replaceChildren();
});

document.addEventListener("htmx:after:swap", () => {
  const link = document.querySelector("#share-link .sheet .copied");
  link?.select();
  // The picture's short address replaces the one that holds the whole model.
  const embed = document.getElementById("embed");
  if (link && embed) embed.value = link.dataset.embed;
});
