"""Compiles the translations, and the catalog into the wheel, whose hundreds of files it spares.

The code that is being packaged does it, so an invalid catalog makes no wheel.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compiled(BuildHookInterface[BuilderConfig]):
    """Adds the compiled catalog to a wheel, and the compiled translations to any install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; the catalog not for an editable install, whose files change."""
        sys.path[:0] = [self.root, str(Path(self.root, "tools"))]
        from translations import compile_all

        compile_all()
        if version == "editable":
            return
        from walletpick.reading.compiled import encode
        from walletpick.reading.load import InvalidCatalog, load_catalog
        from walletpick.reading.place import COMPILED

        try:
            catalog = load_catalog(Path(self.root, "catalog"))
        except InvalidCatalog as error:
            sys.exit("\n".join(map(str, error.problems)))
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name, "compiled")
        path.write_bytes(encode(catalog))
        build_data["force_include"][str(path)] = f"walletpick/{COMPILED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the wheel now holds."""
        if version != "editable":
            self.folder.cleanup()
