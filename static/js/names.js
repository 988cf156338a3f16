// Keeps the layers' names visible while the timesteps scroll: parts of an SVG cannot be sticky, so a copy is.

const ROOM = 8;

export function pinNames(picture) {
  const scroll = picture.closest(".scroll");
  if (scroll.scrollWidth <= scroll.clientWidth || scroll.querySelector(".pinned")) return;
  const names = [...picture.querySelectorAll(".row, .row + .small")];
  const boxes = names.map((name) => name.getBBox());
  const { x, y, width } = picture.viewBox.baseVal;
  const wide = Math.max(...boxes.map((box) => box.x + box.width)) + ROOM - x;
  const high = Math.max(...boxes.map((box) => box.y + box.height)) + ROOM - y;
  const scale = picture.clientWidth / width;
  // Very long names would leave the timesteps no room.
  if (wide * scale > scroll.clientWidth / 2) return;
  const pinned = picture.cloneNode();
  pinned.classList.add("pinned");
  pinned.setAttribute("viewBox", `${x} ${y} ${wide} ${high}`);
  pinned.setAttribute("width", wide * scale);
  pinned.setAttribute("height", high * scale);
  pinned.removeAttribute("role");
  pinned.removeAttribute("aria-label");
  pinned.ariaHidden = "true";
  pinned.append(...names.map((name) => name.cloneNode(true)));
  picture.after(pinned);
  // Lies over the picture, and takes no room.
  pinned.style.marginBlock = `-${picture.clientHeight}px ${picture.clientHeight - high * scale}px`;
}
