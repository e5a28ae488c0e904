"""`python -m meetings.notes PATH…`: print what the notes say, as JSON."""

import json
import sys
from pathlib import Path

from meetings.notes.document import to_json
from meetings.notes.reading import UnreadableNotes, read


def main(paths: list[str]) -> int:
    """Print the document of each path; 2 where one cannot be read, else 0."""
    code = 0
    for path in paths:
        try:
            document = read(Path(path).read_bytes(), Path(path).name)
        except (OSError, UnreadableNotes) as error:
            sys.stderr.write(f"{path}: {error}\n")
            code = 2
            continue
        sys.stdout.write(json.dumps(to_json(document), ensure_ascii=False, indent=1) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
