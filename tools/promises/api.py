"""The public names as Python stubs, a file for each public module, and what breaks them.

A stub says what the page *Compatibility* calls public and nothing else: names, signatures with
their defaults, fields, public bases, values of enumerations and of plain constants. griffe reads
the sources and makes the comparison of two stubs; it does not compare types, values and the names
of bases, so that is added here.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import griffe

from .breaks import Break
from .public import PUBLIC, SOURCE

__all__ = ["breaks", "promised"]

Item = griffe.Object | griffe.Alias

#: Methods that Python calls for a user of the class; how a record prints is not promised.
_SPECIAL = frozenset(
    f"__{name}__"
    for name in [
        "call",
        "contains",
        "enter",
        "eq",
        "exit",
        "getitem",
        "hash",
        "init",
        "iter",
        "len",
        "lt",
        "next",
        "or",
        "post_init",
        "reversed",
        "sub",
    ]
)
_ANYTHING = frozenset({"Any", "object"})
_WIDTH = 80


# --- what is promised -----------------------------------------------------------------------------


def promised(
    package: str = "wsis_model", source: Path = SOURCE, public: Iterable[str] = PUBLIC
) -> dict[str, str]:
    """The stub of each public module of a package, by the module's name.

    Args:
        package: The package.
        source: The folder in which it lies.
        public: Its public modules. A name that several of them list is told in full by the first,
            which the others import.
    """
    loaded = griffe.load(package, search_paths=[source], resolve_aliases=True)
    modules = {
        name: loaded if name == package else loaded[name.removeprefix(f"{package}.")]
        for name in public
    }
    home: dict[str, str] = {}
    for module, holder in modules.items():
        for name in _listed(holder):
            home.setdefault(_final(holder[name]).path, f"{module}.{name}")
    return {name: _module(name, holder, home) for name, holder in modules.items()}


def _listed(module: Item) -> list[str]:
    return sorted(str(name) for name in module.exports or ())


def _final(item: Item) -> griffe.Object:
    return item.final_target if isinstance(item, griffe.Alias) else item


def _module(name: str, holder: Item, home: dict[str, str]) -> str:
    listed = _listed(holder)
    told: list[str] = []
    for each in listed:
        target = _final(holder[each])
        module, _, first = home[target.path].rpartition(".")
        if module != name or first != each:
            told.append(f"from {module} import {first} as {each}\n")
        else:
            told.append("\n" + _stub(each, target, home))
    names = "".join(f"    {each!r},\n" for each in listed)
    return f"__all__ = [\n{names}]\n" + "".join(told)


def _stub(name: str, item: griffe.Object, home: dict[str, str]) -> str:
    if isinstance(item, griffe.Class):
        return _class(name, item, home)
    if isinstance(item, griffe.Function):
        return _function(name, item)
    if isinstance(item, griffe.Attribute):
        return _attribute(name, item)
    return f"{name}: {item.kind.value}\n"


def _class(name: str, item: griffe.Class, home: dict[str, str]) -> str:
    bases, members = _bases_and_members(item, home)
    lines: list[str] = []
    if "__init__" not in members and (fields := _fields(item)):
        lines.append(_constructor(item, fields))
    is_enum = "Enum" in bases
    for each, member in sorted(members.items()):
        if isinstance(member, griffe.Function):
            lines.append(_function(each, member))
        elif isinstance(member, griffe.Attribute):
            lines.append(_attribute(each, member, with_value=is_enum))
    body = textwrap.indent("".join(lines) or "...\n", "    ")
    return f"class {name}({', '.join(bases)}):\n{body}"


def _bases_and_members(
    item: griffe.Class, home: dict[str, str]
) -> tuple[list[str], dict[str, griffe.Object]]:
    """The bases that users may rely on, and the members that do not come from these: a base of ours
    that is not public is seen through.
    """
    bases: list[str] = []
    members: dict[str, griffe.Object] = {}
    for base in item.bases:
        resolved = _class_of(base)
        if resolved is None:
            bases.append(str(base))
        elif resolved.path in home:
            bases.append(home[resolved.path].rpartition(".")[2])
        else:
            more, inherited = _bases_and_members(resolved, home)
            bases += [each for each in more if each not in bases]
            members |= inherited
    for name, member in item.members.items():
        is_public = not name.startswith("_") or name in _SPECIAL
        if is_public and not member.is_alias and name != "model_config":
            members[name] = _final(member)
    return bases, members


def _class_of(base: Any) -> griffe.Class | None:
    """The class of ours that a base names."""
    with suppress(griffe.AliasResolutionError, KeyError, AttributeError, ValueError):
        found = _final(base.resolved) if hasattr(base, "resolved") else None
        return found if isinstance(found, griffe.Class) else None
    return None


def _attribute(name: str, item: griffe.Attribute, *, with_value: bool = False) -> str:
    value = None if item.value is None else str(item.value)
    shown = "" if value is None or not (with_value or "module-attribute" in item.labels) else value
    # What a mapping holds may grow; the names in it that count stand in `words.json`.
    is_mapping = shown.startswith("{")
    with_literal = f" = {shown}" if shown and not is_mapping and _is_literal(shown) else ""
    if item.annotation is None and with_literal:
        return f"{name}{with_literal}\n"
    return f"{name}: {item.annotation or 'Any'}{with_literal}\n"


def _is_literal(text: str) -> bool:
    try:
        ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return False
    return True


_BEFORE = {
    griffe.ParameterKind.var_positional: "*",
    griffe.ParameterKind.var_keyword: "**",
}


def _function(name: str, item: griffe.Function) -> str:
    said: list[str] = []
    kinds = [each.kind for each in item.parameters]
    for number, each in enumerate(item.parameters):
        positional_ended = griffe.ParameterKind.var_positional in kinds[:number]
        if (
            each.kind is griffe.ParameterKind.keyword_only
            and not positional_ended
            and griffe.ParameterKind.keyword_only not in kinds[:number]
        ):
            said.append("*")
        text = (_BEFORE.get(each.kind, "") if each.kind else "") + each.name
        text += "" if each.annotation is None else f": {each.annotation}"
        if each.default is not None and each.kind not in _BEFORE:
            text += f" = {each.default}"
        said.append(text)
        following = kinds[number + 1 : number + 2]
        if each.kind is griffe.ParameterKind.positional_only and following != [each.kind]:
            said.append("/")
    awaited = "async " if "async" in item.labels else ""
    returns = "" if item.returns is None else f" -> {item.returns}"
    kind = next((each for each in ("classmethod", "staticmethod") if each in item.labels), "")
    decorator = f"@{kind}\n" if kind else ""
    return f"{decorator}{awaited}def {name}({_listing(said)}){returns}: ...\n"


def _listing(parameters: list[str]) -> str:
    """Parameters, each on a line of its own if there are many, so that a change is one line."""
    plain = ", ".join(parameters)
    if len(plain) < _WIDTH:
        return plain
    return "\n" + "".join(f"    {each},\n" for each in parameters)


# --- constructors that attrs and pydantic write ---------------------------------------------------


def _fields(item: griffe.Class) -> list[griffe.Attribute]:
    """The fields of a data class, those of its bases first; none for another class."""
    line = [item]
    for base in item.bases:
        if (resolved := _class_of(base)) is not None:
            line += [resolved, *resolved.mro()]
    is_record = any(str(base) == "BaseModel" for each in line for base in each.bases)
    is_attrs = any(
        str(each.value).startswith(("attrs.frozen", "attrs.define")) for each in item.decorators
    )
    if not (is_record or is_attrs):
        return []
    found = {
        name: member
        for each in reversed(line)
        for name, member in each.members.items()
        if isinstance(member, griffe.Attribute)
        and member.annotation is not None
        and "property" not in member.labels
        and "instance-attribute" in member.labels  # a ClassVar is not
        and not (is_record and name.startswith("_"))
        and _argument(member, "init") != "False"
    }
    return list(found.values())


def _argument(field: griffe.Attribute, name: str) -> str | None:
    """What the call of `Field` or `attrs.field` after a field says of something."""
    if not isinstance(field.value, griffe.ExprCall):
        return None
    for each in field.value.arguments:
        if isinstance(each, griffe.ExprKeyword) and each.name == name:
            return str(each.value)
    return None


def _default(field: griffe.Attribute) -> str | None:
    """The default of a field as text; `...` where it is made anew each time."""
    if field.value is None:
        return None
    if isinstance(field.value, griffe.ExprCall) and str(field.value.function) in (
        "Field",
        "attrs.field",
    ):
        if _argument(field, "factory") or _argument(field, "default_factory"):
            return "..."
        return _argument(field, "default")
    return str(field.value)


def _constructor(item: griffe.Class, fields: list[griffe.Attribute]) -> str:
    by_keyword_only = not any(
        str(each.value).startswith("attrs.") and "kw_only=True" not in str(each.value)
        for each in item.decorators
    )
    said: dict[bool, list[str]] = {False: [], True: []}
    for field in fields:
        default = _default(field)
        name = field.name.lstrip("_")
        if field.name.startswith("_") and default is not None:
            continue
        text = f"{name}: {field.annotation}" + ("" if default is None else f" = {default}")
        said[by_keyword_only or _argument(field, "kw_only") == "True"].append(text)
    star = ["*"] if said[True] else []
    # The order of keywords is no promise; a mandatory one may follow one that has a default.
    return f"def __init__({_listing(['self', *said[False], *star, *said[True]])}) -> None: ...\n"


# --- what breaks it -------------------------------------------------------------------------------


def breaks(old: dict[str, str], new: dict[str, str]) -> list[Break]:
    """What worked with the old stubs and does not with the new ones."""
    found: set[Break] = set()
    for name, text in old.items():
        if name not in new:
            found.add(Break(name, "removed"))
            continue
        before, after = _visited(name, text), _visited(name, new[name])
        gone = {*_listed(before)} - {*_listed(after)}
        found.update(Break(f"{name}.{each}", "public object was removed") for each in gone)
        found.update(map(_told, griffe.find_breaking_changes(before, after)))
        found.update(_changes(before, after))
    return sorted(found)


def _visited(name: str, text: str) -> griffe.Module:
    return griffe.visit(name, Path(f"{name}.pyi"), text)


def _told(breakage: griffe.Breakage) -> Break:
    """A break that griffe found, in one line."""
    changed = (breakage.old_value, breakage.new_value)
    parameter = next((each for each in changed if isinstance(each, griffe.Parameter)), None)
    place = breakage.obj.path + (f"({parameter.name})" if parameter else "")
    what = breakage.kind.value[:1].lower() + breakage.kind.value[1:]
    if parameter and all(changed) and breakage.kind.name == "PARAMETER_CHANGED_DEFAULT":
        old, new = (each.default for each in changed)
        what += f", {old} to {new}"
    return Break(place, what)


def _changes(old: Item, new: Item) -> Iterator[Break]:
    """Types, values and bases that changed; griffe does not compare them."""
    for name, before in old.members.items():
        after = new.members.get(name)
        if before.is_alias or after is None or after.is_alias or name == "__all__":
            continue
        if isinstance(before, griffe.Class) and isinstance(after, griffe.Class):
            for base in sorted({*map(str, before.bases)} - {*map(str, after.bases)}):
                yield Break(before.path, f"is no {base} any more")
            yield from _changes(before, after)
        elif isinstance(before, griffe.Function) and isinstance(after, griffe.Function):
            yield from _changes_of_types(before, after)
        elif isinstance(before, griffe.Attribute) and isinstance(after, griffe.Attribute):
            yield from _changed(before.path, before.annotation, after.annotation, _only_fewer)
            if before.value is not None and str(before.value) != str(after.value):
                yield Break(before.path, f"value changed, {before.value} to {after.value}")


def _changes_of_types(before: griffe.Function, after: griffe.Function) -> Iterator[Break]:
    there = {each.name: each for each in after.parameters}
    for each in before.parameters:
        if each.name in there:
            place = f"{before.path}({each.name})"
            yield from _changed(place, each.annotation, there[each.name].annotation, _only_more)
    yield from _changed(f"{before.path}()", before.returns, after.returns, _only_fewer)


def _changed(
    place: str, old: Any, new: Any, allowed: Callable[[frozenset[str], frozenset[str]], bool]
) -> Iterator[Break]:
    if old is None or new is None or str(old) == str(new):
        return
    if not allowed(_alternatives(str(old)), _alternatives(str(new))):
        yield Break(place, f"type changed, {old} to {new}")


def _only_more(old: frozenset[str], new: frozenset[str]) -> bool:
    """What may be given may become more."""
    return old <= new or bool(new & _ANYTHING)


def _only_fewer(old: frozenset[str], new: frozenset[str]) -> bool:
    """What comes back may become less."""
    return new <= old or bool(old & _ANYTHING)


def _alternatives(annotation: str) -> frozenset[str]:
    """The types that a union names, e.g. `str` and `None` of `str | None`."""

    def parts(node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            yield from parts(node.left)
            yield from parts(node.right)
        else:
            yield ast.unparse(node)

    try:
        return frozenset(parts(ast.parse(annotation, mode="eval").body))
    except SyntaxError:
        return frozenset({annotation})
