"""Elements of HTML and SVG, as a tree: no text can become markup, for nothing joins strings. Pure.

The tree and its writer are those of the standard library, which escapes whatever stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

from walletpick.render.safe import one_line

Child = Element | str


def element(tag: str, attributes: dict[str, str] | None = None, *children: Child) -> Element:
    """Return an element; its texts and the values of its attributes are made safe to show."""
    made = Element(tag, {name: one_line(value) for name, value in (attributes or {}).items()})
    append(made, children)
    return made


def append(parent: Element, children: Iterable[Child]) -> None:
    """Put elements and texts at the end of an element."""
    for child in children:
        if isinstance(child, Element):
            parent.append(child)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + one_line(child)
        else:
            parent.text = (parent.text or "") + one_line(child)


def raw(tag: str, content: str) -> Element:
    """Return an element of a text of ours that is not shown: a style sheet."""
    made = Element(tag)
    made.text = content
    return made


def written(root: Element) -> str:
    """Return an element as HTML."""
    return tostring(root, encoding="unicode", method="html")
