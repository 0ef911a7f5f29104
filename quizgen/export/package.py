"""Files in one file, as several formats are: zipped, the same bytes for the same files."""

import io
import zipfile
from collections.abc import Mapping

_THEN = (1980, 1, 1, 0, 0, 0)
"""When each file was written, as far as the zip tells: it has no earlier date."""

_UNIX, _READABLE = 3, 0o100644 << 16


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Zip files, given by their names, in their order."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _THEN)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return zipped.getvalue()
