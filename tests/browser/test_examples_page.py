"""The cards of the examples are as high as what is in them."""

from playwright.sync_api import Page


def test_a_card_has_no_hole(page: Page) -> None:
    page.goto("/examples")
    for card in page.locator(".example").all():
        title, shapes, whole = (
            part.bounding_box() for part in (card.locator("h2"), card.locator("ul"), card)
        )
        assert title and shapes and whole
        assert shapes["y"] - (title["y"] + title["height"]) < 20
        assert whole["y"] + whole["height"] - (shapes["y"] + shapes["height"]) < 20
