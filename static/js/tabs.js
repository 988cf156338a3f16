// The tabs of the editor stay where they are when one is chosen, however high what was below them.

document.addEventListener("change", ({ target }) => {
  if (target.name !== "tab") return;
  const head = target.closest(".editor-head");
  const above = head.getBoundingClientRect().top - Number.parseFloat(getComputedStyle(head).top);
  if (above < 0) scrollBy({ top: above, behavior: "instant" });
});
