"""The version, and the address under which what we publish has its names, where every module can
read them.
"""

__version__ = "0.1.0"

BASE_IRI = "https://w3id.org/wsis-model/"
"""The base of our IRIs: records, vocabularies and terms in linked data, schemas, rules. It never
changes, wherever the pages behind it are served from."""
