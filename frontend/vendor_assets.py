"""Fetch the design system's built CSS and JavaScript from npm and keep only what this product may use.

Run once for each new version: `python frontend/vendor_assets.py`. It needs npm; nothing else in the project does.
The GDS Transport font is licensed for gov.uk only and the Royal crest belongs to the Crown, so both are taken out:
text is set in Arial or Helvetica. The package is checked against the digest below before it is opened.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "govuk-frontend"
VERSION = "6.6.0"
SHA512 = "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg=="
TARGET = Path(__file__).resolve().parents[1] / "src/aboveline/web/static/vendor/govuk-frontend"
BUILT = "package/dist/govuk/"
FILES = ("govuk-frontend.min.css", "govuk-frontend.min.js")

FONT_RULES = re.compile(r"(/\*![^*]*Calvert[^*]*\*/)?@font-face\{[^}]*\}")
CREST_RULES = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")
EMPTY_BLOCKS = re.compile(r"@(?:media|supports)[^{}]*\{\s*\}")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)")
FONT_NAME = re.compile(r"[\"']?GDS Transport[\"']?,\s*arial", re.IGNORECASE)


def plain_css(css: str) -> str:
    """Return the style sheet without the font, the crest, addresses of files we do not ship, or a source map.

    Raises ValueError where one of them is left: a new version may word its rules otherwise.
    """
    css = FONT_RULES.sub("", css)
    css = CREST_RULES.sub("", css)
    css = EMPTY_BLOCKS.sub("", css)
    css = SOURCE_MAP.sub("", FONT_NAME.sub("arial,helvetica", css))
    for left in ("GDS Transport", "@font-face", "url(", "sourceMappingURL"):
        if left in css:
            raise ValueError(f"the style sheet still holds {left!r}")
    return css.strip() + "\n"


def plain_script(script: str) -> str:
    return SOURCE_MAP.sub("", script).strip() + "\n"


def download(folder: Path) -> Path:
    """Return the package's archive, fetched by npm. Raises ValueError where its digest is not the one expected."""
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--silent"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603  every word of it is above
    archive = folder / f"{PACKAGE}-{VERSION}.tgz"
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != SHA512:
        raise ValueError(f"{archive.name} has the digest {digest}, not the one expected")
    return archive


def read(archive: Path) -> dict[str, str]:
    with tarfile.open(archive) as package:
        members = {name: package.extractfile(BUILT + name) for name in FILES}
        return {name: member.read().decode() for name, member in members.items() if member}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        files = read(download(Path(folder)))
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / FILES[0]).write_text(plain_css(files[FILES[0]]))
    (TARGET / FILES[1]).write_text(plain_script(files[FILES[1]]))
    sys.stdout.write(f"{PACKAGE} {VERSION} in {TARGET.name}/\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
