"""Attacks T26 and T22: what people write in Markdown can do nothing but be read, and makes nobody fetch anything."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.core.markdown import shown

LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "/waves/1",
    "mailto:a@b.example",
    "http://[::1",
    "https://evil\u202e.example",
]
HTML = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href=//evil.example target=_blank>x</a>",
    '<a href="https://a.example" onclick="alert(1)" style="x">x</a>',
    '"><script>alert(1)</script>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<iframe src=http://169.254.169.254/></iframe>",
    "<form action=//evil.example><input name=a></form>",
    "[x](https://a.example \"' onmouseover=alert(1) x='\")",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "![x](http://169.254.169.254/latest)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<!-- <img src=x onerror=alert(1)> -->",
]
ALLOWED = {
    *("a", "blockquote", "br", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "strong", "ul"),
}


class Elements(HTMLParser):
    """Every element with its attributes, as a browser would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def is_harmless(html: str) -> bool:
    for tag, attributes in Elements(html).found:
        if tag not in ALLOWED or set(attributes) - ({"href", "rel"} if tag == "a" else set()):
            return False
        if "href" in attributes and not re.match(r"https?://[^/]", attributes["href"] or ""):
            return False
        if tag == "a" and attributes.get("rel") != "noopener noreferrer":
            return False
    return True


@pytest.mark.parametrize("address", LINKS)
@pytest.mark.parametrize("form", ["[x]({})", "[x](<{}>)", "<{}>", "[x][y]\n\n[y]: {}"])
def test_link_to_anything_but_another_site_leads_nowhere(address: str, form: str) -> None:
    made = shown(form.format(address))
    assert "href" not in unescape(made)
    assert is_harmless(made)


@pytest.mark.parametrize("text", HTML)
def test_html_is_shown_as_the_text_that_it_is(text: str) -> None:
    assert is_harmless(shown(text))
    assert is_harmless(shown(f"> - ## {text}"))


@given(st.lists(st.sampled_from([*HTML, *LINKS, "[", "](", ")", "<", ">", "`", "\n", "*", "&", "\0"]), max_size=8))
def test_no_mixture_of_them_does_any_harm(parts: list[str]) -> None:
    assert is_harmless(shown("".join(parts)))


@given(st.text())
def test_any_text_is_taken_and_harmless(text: str) -> None:
    assert is_harmless(shown(text))


def test_cleaner_alone_with_its_usual_list_lets_through_what_ours_does_not() -> None:
    """The negative control: links to a host without scheme, and pictures that a browser fetches."""
    assert not is_harmless(nh3.clean("<a href=//evil.example>x</a>"))
    assert not is_harmless(nh3.clean("<img src=http://tracker.example>"))


def test_link_to_another_site_works_and_tells_it_nothing() -> None:
    made = shown("[x](https://a.example/b?c=1&d=2)")
    assert made == '<p><a href="https://a.example/b?c=1&amp;d=2" rel="noopener noreferrer">x</a></p>\n'


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n###### C", [3, 4, 5]),
        ("### A\n\n### B", [3, 3]),
        ("### A\n\n# B\n\n### C", [3, 3, 4]),
        ("\n\n".join(f"{'#' * level} A" for level in range(1, 7)), [3, 4, 5, 6, 6, 6]),
    ],
)
def test_headings_stand_below_those_of_the_page_without_a_step_left_out(text: str, levels: list[int]) -> None:
    assert [int(level) for level in re.findall(r"<h(\d)>", shown(text))] == levels
    assert re.findall(r"</h(\d)>", shown(text)) == re.findall(r"<h(\d)>", shown(text))


def test_lists_and_stress_come_through() -> None:
    assert "<ul>\n<li><strong>a</strong></li>\n<li><em>b</em></li>\n</ul>" in shown("- **a**\n- *b*")
