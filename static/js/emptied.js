// A field that was emptied waits for its next number: the answer without one would only be that it is missing, and
// would move the page twice. Left empty, the field has its number again.

const NEEDED = "#editing :is(input:required, .field-axis:not(:has(:checked)) input[type=number]), #timesteps, #stride";

const isEmptied = (field) => field.matches(NEEDED) && field.value === "";

// Added to the window, so that it is asked before all that would act on the change.
window.addEventListener(
  "input",
  (event) => {
    if (!isEmptied(event.target)) return;
    event.stopPropagation();
    event.target.form.dispatchEvent(new Event("htmx:abort"));
  },
  { capture: true },
);

// Enter submits a field that is still in use.
for (const end of ["focusout", "submit"]) {
  document.addEventListener(
    end,
    () => {
      for (const field of document.querySelectorAll(NEEDED)) if (field.defaultValue && field.value === "") field.value = field.defaultValue;
    },
    { capture: true },
  );
}
