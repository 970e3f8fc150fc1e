"""The static files as they leave the house: one style sheet, small, named by content, compressed beforehand."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import url\("([\w-]+\.css)"\);$', flags=re.MULTILINE)
JS_IMPORTS = (
    (r"""(?P<matched>import\(["'](?P<url>\.{1,2}/.*?)["']\))""", 'import("%(url)s")'),
    (r"""(?P<matched>from\s*["'](?P<url>\.{1,2}/.*?)["'])""", 'from"%(url)s"'),
)
OURS = ("css/", "shell/", "board/", "citizen/", "authority/", "provider/", "notes/", "goals/", "wording/")


class MinifiedManifestStorage(CompressedManifestStaticFilesStorage):
    """Joins what a style sheet of ours imports, minifies our own CSS and JS, then hashes and compresses."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{folder}*.js", JS_IMPORTS) for folder in OURS),
    )
    keep_only_hashed_files = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in paths:
                if name.startswith(OURS) and name.endswith((".css", ".js")):
                    self._make_small(name)
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _make_small(self, name: str) -> None:
        text = self._read(name)
        small = rcssmin.cssmin(self._joined(name, text)) if name.endswith(".css") else rjsmin.jsmin(text)
        self.delete(name)
        self._save(name, ContentFile(small.encode()))

    def _joined(self, name: str, text: str) -> str:
        folder = PurePosixPath(name).parent
        return IMPORT.sub(lambda match: self._read(str(folder / match[1])), text)

    def _read(self, name: str) -> str:
        with self.open(name) as file:
            return file.read().decode()
