"""A compiled catalog from outside is held to what files are held to."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from invalid import INVALID
from running import shipped
from small import TWOPAY, run, write_catalog

from walletpick.facts.model import Catalog
from walletpick.reading import compiled, outside
from walletpick.reading.load import load_catalog


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = write_catalog(tmp_path_factory.mktemp("outside") / "catalog", twopay=TWOPAY)
    assert run("catalog", "averages", catalog=folder).exit_code == 0
    return load_catalog(folder)


def test_what_files_hold_passes(catalog: Catalog) -> None:
    for good in (catalog, shipped()):
        assert outside.decode(compiled.encode(good)) == msgspec.structs.replace(good, files=())


@pytest.mark.parametrize("name", INVALID)
def test_what_no_file_could_hold_is_refused(name: str, catalog: Catalog) -> None:
    data = compiled.encode(catalog)
    content = data[compiled.HEAD :]
    wrong = INVALID[name](content)
    assert wrong != content
    head = data[: compiled.HEAD - 32]
    with pytest.raises(compiled.Damaged, match="it does not hold a catalog") as caught:
        outside.decode(head + hashlib.sha256(wrong).digest() + wrong)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1000
