// Number fields: dragging the label changes the number, arrow keys start from the default, the wheel does nothing.
// The value is changed and an `input` event sent, as by typing.

const PIXELS_PER_STEP = 6;

const numberOf = (label) => {
  const field = label?.control ?? null;
  return field?.type === "number" ? field : null;
};

function set(field, value) {
  const step = field.step === "any" ? 0.05 : Number(field.step) || 1;
  const least = field.min === "" ? -Infinity : Number(field.min);
  const most = field.max === "" ? Infinity : Number(field.max);
  const stepped = Math.min(most, Math.max(least, Math.round(value / step) * step));
  const text = String(Number(stepped.toFixed(6)));
  if (text === field.value) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const start = (field) => Number(field.value || Number(field.placeholder) || field.min || 0);

let drag = null;
let dragged = false;

document.addEventListener("pointerdown", (event) => {
  const label = event.target.closest("label");
  const field = numberOf(label);
  if (!field || event.button !== 0) return;
  drag = { label, field, x: event.clientX, value: start(field), moved: false };
  label.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const steps = Math.trunc((event.clientX - drag.x) / PIXELS_PER_STEP);
  if (!drag.moved && steps === 0) return;
  drag.moved = true;
  const unit = drag.field.step === "any" ? 0.05 : 1;
  // Shift: ten at a time. Large numbers change faster than small ones.
  const pace = (event.shiftKey ? 10 : 1) * Math.max(1, 10 ** Math.floor(Math.log10(Math.abs(drag.value) / unit / 20 || 1)));
  set(drag.field, drag.value + steps * unit * pace);
});

for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    dragged = drag?.moved ?? false;
    drag = null;
  });
}

// The click that ends a drag is ignored.
document.addEventListener(
  "click",
  (event) => {
    if (dragged) event.preventDefault();
    dragged = false;
  },
  { capture: true },
);

// An empty field shows its default: the arrow keys start from there, not from the smallest number.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (field.type !== "number" || field.value !== "" || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  if (field.placeholder === "" || Number.isNaN(Number(field.placeholder))) return;
  event.preventDefault();
  const unit = field.step === "any" ? 0.05 : 1;
  set(field, Number(field.placeholder) + (event.key === "ArrowUp" ? unit : -unit));
});

// Scrolling over a focused number must not change it.
document.addEventListener("wheel", (event) => {
  if (event.target.type === "number" && event.target === document.activeElement) event.target.blur();
}, { passive: true });
