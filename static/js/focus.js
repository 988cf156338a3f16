// Moves the focus when the button that was pressed is gone, or disabled.

const FIELDS = ".fields :is(select, input:not([type=hidden]))";

const beside = (card) => [nextCard(card, "nextElementSibling"), nextCard(card, "previousElementSibling")];

function nextCard(card, side) {
  for (let other = card[side]; other; other = other[side]) if (other.matches(".card")) return other.id;
  return null;
}

// For each verb of a button: selectors of the elements to focus afterwards, best first.
const AFTERWARDS = {
  add: (button) => [`#${button.closest(".gap").id} + .card ${FIELDS}`],
  remove: (button) => beside(button.closest(".card")).flatMap((id) => (id ? [`#${id}-remove`, `#${id}-body > summary`] : [])),
  up: (button) => [`#${button.id}`, `#${button.closest(".card").id}-down`],
  down: (button) => [`#${button.id}`, `#${button.closest(".card").id}-up`],
  "drop-axis": (button) => [`#${button.id}`, `#${button.closest(".card").id}-axis`],
};

let wanted = [];

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const choose = AFTERWARDS[button?.value.split(":")[0]];
  if (!choose) return;
  wanted = choose(button);
  const insertion = button.closest(".insert");
  if (insertion) insertion.open = false;
});

// A repair's own button disappears: focus the layer that it changed, or the shapes on a telephone.
document.addEventListener("click", (event) => {
  const card = event.target.closest("[data-card]")?.dataset.card;
  if (card) wanted = matchMedia("(max-width: 959px)").matches ? ["#headline"] : [`#${card}-body > summary`, "#headline"];
});

document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector(".fault")) return;
  for (const selector of wanted.splice(0)) {
    const place = document.querySelector(selector);
    if (!place || place.disabled) continue;
    place.focus();
    return;
  }
});
