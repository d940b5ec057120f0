"""What is said to people, in other languages than English: a catalogue of messages for each.

English sentences stand where they are made, beside the rule or the reader that finds a fault.
There `sentence` keeps the template of a sentence and its values, and gives the English sentence, a
`str` as any other. `in_language` fills the same values into the template that the catalogue has for
it. No sentence is taken apart again.

A catalogue is a file of gettext beside this module, `fr.po`, read as it is, so that nothing is
compiled that could be out of date. What it lacks stays English.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

__all__ = [
    "LANGUAGES",
    "Message",
    "catalogue_text",
    "entries",
    "in_language",
    "language_of_user",
    "sentence",
]

LANGUAGES = ("en", "fr", "es")
"""The languages that there is something in; the first is the one to fall back to."""
_ENTRY = re.compile(r'(msgctxt|msgid|msgstr)?\s*(".*")')
#: Between context and text, as in gettext.
_CONTEXT = "\x04"
#: Where an operating system says which language its user reads, in this order.
_OF_USER = ("LC_ALL", "LC_MESSAGES", "LANG")


class Message(str):
    """An English sentence that knows the template and the values that it was made of.

    Examples:
        >>> message = Message("{what} is missing", {"what": "'title'"})
        >>> message, message.template, dict(message.values)
        ("'title' is missing", '{what} is missing', {'what': "'title'"})
    """

    __slots__ = ("template", "values")
    template: str
    """The sentence with names in braces where values belong."""
    values: Mapping[str, Any]
    """The values by these names; a message among them is put into the other language, too."""

    def __new__(cls, template: str, values: Mapping[str, Any]) -> Message:
        """The sentence of a template and its values."""
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, Any]]:  # type: ignore[override]
        # A text is copied by its value; this one by what it was made of.
        return self.template, self.values


def sentence(template: str, /, **values: Any) -> str:
    """A sentence for people, which can be put into other languages.

    Args:
        template: The English sentence, written out in the call: translators' files are made of
            these calls. Names in braces stand for values.
        values: The values.

    Examples:
        >>> sentence("there is no {name}", name="'itu'")
        "there is no 'itu'"
    """
    return Message(template, values)


def in_language(text: str, language: str, context: str = "") -> str:
    """A text in a language; in English where the catalogue of the language does not have it.

    Args:
        text: A message, or a text that is the same wherever it stands, such as a heading.
        language: A language tag such as `"fr"`; of `"fr-CH"` the first part counts.
        context: What kind of text it is, where the same one is translated otherwise elsewhere.

    Examples:
        >>> message = sentence("{what} is missing", what="'title'")
        >>> in_language(message, "fr"), in_language(message, "de")
        ("il manque 'title'", "'title' is missing")
    """
    texts = catalogue_text(_plain(language))
    if not isinstance(text, Message):
        return texts.get(f"{context}{_CONTEXT}{text}" if context else text, text)
    template = texts.get(text.template)
    if template is None:
        return str(text)
    values = {
        name: in_language(each, language) if isinstance(each, Message) else each
        for name, each in text.values.items()
    }
    return template.format(**values)


def _plain(language: str) -> str:
    """The language itself, of a tag such as `fr-CH` or of a locale such as `fr_FR.UTF-8`."""
    return re.split(r"[-_.@]", language, maxsplit=1)[0].lower()


def language_of_user(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for, if there is something in it; else English.

    Examples:
        >>> language_of_user({"LANG": "fr_CH.UTF-8"}), language_of_user({"LANG": "C.UTF-8"})
        ('fr', 'en')
    """
    locale = next((each for name in _OF_USER if (each := environment.get(name))), "")
    plain = _plain(locale)
    return plain if plain in LANGUAGES else LANGUAGES[0]


@functools.cache
def catalogue_text(language: str) -> Mapping[str, str]:
    """The texts of a language by the English ones, these with their context in front of U+0004 if
    they have one; none for English and for a language without a catalogue.
    """
    if language not in LANGUAGES[1:]:
        return {}
    source = files(__name__).joinpath(f"{language}.po")
    return dict(entries(source.read_text(encoding="utf-8")))


def entries(text: str, *, whole: bool = True) -> Iterator[tuple[str, str]]:
    """The entries of a file of gettext, without its head: keys and translations. If they are to be
    *whole*, without those that translators have left empty or marked as fuzzy.
    """
    for block in re.split(r"\n\s*\n", text):
        lines = block.splitlines()
        fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
        parts = {"msgctxt": "", "msgid": "", "msgstr": ""}
        key = ""
        for line in lines:
            if found := _ENTRY.fullmatch(line.strip()):
                key = found[1] or key
                # The escapes of gettext are those of JSON, as far as they are needed here.
                parts[key] += json.loads(found[2])
        if parts["msgid"] and (not whole or (parts["msgstr"] and not fuzzy)):
            context = f"{parts['msgctxt']}{_CONTEXT}" if parts["msgctxt"] else ""
            yield f"{context}{parts['msgid']}", parts["msgstr"]
