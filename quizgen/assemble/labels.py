"""The labels of versions: A to Z, AA to ZZ, AAA and on."""

from string import ascii_uppercase


def version_labels(count: int) -> tuple[str, ...]:
    """Label versions as columns of a spreadsheet: A to Z, AA to ZZ, AAA and on."""
    return tuple(version_label(index) for index in range(count))


def version_index(label: str) -> int:
    """Return which version, from 0, has a label. Raises ValueError for what is no label."""
    if not label or not set(label) <= set(ascii_uppercase):
        raise ValueError(label)
    index = 0
    for letter in label:
        index = index * 26 + ascii_uppercase.index(letter) + 1
    return index - 1


def version_label(index: int) -> str:
    """Label the version with this index, from 0."""
    label = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        label = ascii_uppercase[letter] + label
    return label
