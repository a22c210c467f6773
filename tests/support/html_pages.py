"""A page of HTML as a reader sees it: its elements, its texts, and what it refers to."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "hr"}


class Parsed(HTMLParser):
    """A document, parsed strictly: what is opened is closed, in order."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.declared: list[str] = []
        # For each text, the tags that it stands in.
        self.inside: list[tuple[str, ...]] = []
        self.feed(document)
        self.close()
        assert not self.open, self.open
        assert self.declared == ["DOCTYPE html"]

    def handle_decl(self, decl: str) -> None:
        self.declared.append(decl)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}: {names}"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"nothing to close with {tag}"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        self.inside.append(tuple(self.open))

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def structure(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the elements with the names of their attributes."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]

    def within(self, tag: str) -> str:
        """Return the text that stands in elements of a kind."""
        pairs = zip(self.texts, self.inside, strict=True)
        return "".join(text for text, inside in pairs if tag in inside)


# What the renderer may make, and nothing else.
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "nav", "h1", "h2", "h3", "p", "ul"),
    *("ol", "li", "a", "strong", "span", "bdi", "table", "caption", "thead", "tbody", "tr", "th"),
    *("td", "figure", "figcaption", "details", "summary", "svg", "desc", "defs", "pattern", "rect"),
    *("line", "text", "circle", "polyline", "polygon"),
}


def check_whole(document: str) -> Parsed:
    """Assert that a document needs nothing else, runs nothing, and that all it names is in it."""
    parsed = Parsed(document)
    assert {tag for tag, _ in parsed.elements} <= ELEMENTS
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in parsed.elements:
        assert not {name for name in attributes if name.startswith("on")}
        assert not set(attributes) & {"src", "srcset", "style", "action", "data", "background"}
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(attributes.get(name, "").split()) <= set(ids)
        if "fill" in attributes and attributes["fill"].startswith("url("):
            assert attributes["fill"].removeprefix("url(#").removesuffix(")") in ids
        if "href" not in attributes:
            continue
        assert tag == "a"
        if attributes["href"].startswith("#"):
            assert attributes["href"][1:] in ids
        else:
            assert attributes["href"].startswith(("https://", "http://"))
            assert attributes["rel"] == "noopener noreferrer"
    assert "url(" not in parsed.within("style")
    assert "@import" not in parsed.within("style")
    (html,) = parsed.all("html")
    assert html == {"lang": "en"}
    (title,) = [
        text
        for text, inside in zip(parsed.texts, parsed.inside, strict=True)
        if inside[-1:] == ("title",) and "head" in inside
    ]
    assert title.strip()
    policies = [m for m in parsed.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policies[0]["content"].startswith("default-src 'none'; style-src 'sha256-")
    assert len(parsed.all("h1")) == 1
    return parsed
