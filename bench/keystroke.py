"""The page after a keystroke, in Chromium: until the new shapes are painted."""

from playwright.sync_api import Page

from bench.browser import open_page
from bench.server import run_server
from bench.table import Table, percentile, timing, within

METHOD = """\
The page of the stacked-LSTM example in Chromium. Into the first layer's number of units a digit is
typed, each time one that makes a number the server has never seen. From the keydown event to the first
frame after the new number stands in the picture of the shapes, by the page's own clock."""

KEYSTROKES = 50
FIRST_UNITS = 100
TARGET = 0.1

FIELD = "#n1-units"
WATCH = """
units => {
  const read = () => document.querySelector("#shapes").textContent;
  const before = read(), shown = new RegExp(`\\\\b${units}\\\\b`);
  window.painted = new Promise(resolve => {
    let start;
    addEventListener("keydown", event => { start = event.timeStamp; }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (read() === before || !shown.test(read())) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        // A task that is queued in a frame runs after that frame is painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - start);
        port2.postMessage(null);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}
"""


def measure() -> Table:
    """Fifty digits, typed one after another, each until its shapes are painted."""
    with run_server() as server:
        server.wait_for("/readyz")
        with open_page(f"{server.address}/examples/stacked-lstm") as page:
            times = [_type_last_digit(page, units) for units in range(FIRST_UNITS, FIRST_UNITS + KEYSTROKES)]
    return Table(
        "A keystroke",
        METHOD,
        (
            timing(f"{KEYSTROKES} keystrokes", times),
            within("95th percentile", percentile(times, 95), TARGET),
        ),
    )


def _type_last_digit(page: Page, units: int) -> float:
    """The seconds from typing the last digit until the number of units it makes is painted."""
    before, digit = divmod(units, 10)
    if digit == 0:
        page.press(FIELD, "Control+a")
        for length in range(1, len(str(before)) + 1):
            _press_digit(page, before // 10 ** (len(str(before)) - length))
    else:
        page.press(FIELD, "Shift+ArrowLeft")
    return _press_digit(page, units)


def _press_digit(page: Page, units: int) -> float:
    """The seconds from pressing the last digit of `units` until that number is painted."""
    page.evaluate(WATCH, units)
    page.keyboard.press(str(units % 10))
    milliseconds: float = page.evaluate("window.painted")
    return milliseconds / 1000
