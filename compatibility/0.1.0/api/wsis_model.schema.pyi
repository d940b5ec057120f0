__all__ = [
    'BASE',
    'schema_name',
    'schema_of',
    'schemas',
]

BASE: Any

def schema_name(record: type[Record]) -> str: ...

def schema_of(record: type[Record]) -> dict[str, Any]: ...

def schemas() -> dict[str, dict[str, Any]]: ...
