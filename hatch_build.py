"""Compiles the catalog into the wheel, so that an installed program need not read eighty files.

The code that is being packaged does it, so an invalid catalog makes no wheel.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalog(BuildHookInterface[BuilderConfig]):
    """Adds the compiled catalog to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalog, but not for an editable install, whose files change."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
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
