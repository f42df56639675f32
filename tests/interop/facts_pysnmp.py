#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Holds the table of built-in modules against the compiled modules of pysnmp and pysnmp-mibs.

usage: facts_pysnmp.py FACTS...

Prints where they differ in OID, labels, access or index of a node that both have; status 1 if they do anywhere.
The table may have nodes and labels of later editions.
"""
import os
import re
import sys

from pysnmp.smi import builder, error

ACCESS = {"-": "not-accessible", "n": "accessible-for-notify", "r": "read-only", "w": "read-write",
          "c": "read-create", "o": "write-only"}
THEIR_ACCESS = {"noaccess": "not-accessible", "notifyonly": "accessible-for-notify", "readonly": "read-only",
                "readwrite": "read-write", "readcreate": "read-create"}
# pysnmp adds the first to RowStatus; the second is a slip of pysnmp-mibs.
INVENTED = ["notExists", "trasnpHdlc"]


class Node:
    def __init__(self):
        self.oid = self.access = self.index = None
        self.labels = {}


def read_labels(text):
    words = text.split()
    return dict(zip(words[::2], map(int, words[1::2])))


def read_facts(path, modules):
    """The nodes of a file, with OIDs as they are written: a parent's name and numbers."""
    nodes, levels, types = {}, [], {}
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if words[0] == "module" and not line.startswith(" "):
            modules[words[1]] = nodes, types
            continue
        labels = re.search(r"\{([^}]*)\}", line)
        if words[0] in ("convention", "type") and not line.startswith(" "):
            types[words[1]] = read_labels(labels.group(1)) if labels else {}
            continue
        node = Node()
        depth = len(line) - len(line.lstrip(" "))
        node.oid = levels[depth - 1] + "." + words[0] if depth else words[0]
        levels[depth:] = [words[1]]
        if len(words) > 2 and words[2] in ACCESS:
            node.access = ACCESS[words[2]]
            node.type = re.match(r"[^({]*", words[3]).group(0)
            if labels:
                node.labels = read_labels(labels.group(1))
        index = re.search(r" \[([^]+]*)\]", line)
        if index:
            node.index = index.group(1).split()
        nodes[words[1]] = node


def resolve(modules, name, depth=0):
    """The numbers of an OID such as "mib-2.2"; any module may define what it begins with."""
    first, _, rest = name.partition(".")
    if first.isdigit() or depth > 60:
        return name
    roots = {"iso": "1", "ccitt": "0", "joint-iso-ccitt": "2"}
    head = roots.get(first)
    if head is None:
        head = next(resolve(modules, nodes[first].oid, depth + 1) for nodes, _ in modules.values() if first in nodes)
    return head + ("." + rest if rest else "")


def labels_of(modules, nodes, types, node):
    if node.labels:
        return node.labels
    name = getattr(node, "type", None)
    if name in types:
        return types[name]
    return next((t[name] for _, t in modules.values() if name in t), {})


def differences(modules, module, name, theirs):
    nodes, types = modules[module]
    node = nodes[name]
    oid = ".".join(map(str, theirs.name))
    if resolve(modules, node.oid) != oid:
        yield "OID", resolve(modules, node.oid), oid
    access = THEIR_ACCESS.get(getattr(theirs, "maxAccess", None))
    if access == "read-only" and node.access == "not-accessible":
        access = node.access  # what pysnmp takes where nothing is said
    if node.access and access and getattr(theirs, "syntax", None) is not None and node.access != access:
        yield "access", node.access, access
    named = getattr(getattr(theirs, "syntax", None), "namedValues", None) or {}
    ours = labels_of(modules, nodes, types, node)
    missing = {label: value for label, value in named.items() if ours.get(label) != value and label not in INVENTED}
    if missing and node.access:
        yield "labels", ours, missing
    if node.index and hasattr(theirs, "getIndexNames"):
        index = ["!" * implied + part for implied, _, part in theirs.getIndexNames()]
        if index and node.index != index:
            yield "index", node.index, index


def main(paths):
    modules = {}
    for path in paths:
        read_facts(path, modules)
    mibs = builder.MibBuilder()
    try:
        import pysnmp_mibs
        mibs.addMibSources(builder.DirMibSource(os.path.dirname(pysnmp_mibs.__file__)))
    except ImportError:
        pass
    compared = wrong = 0
    for module in sorted(modules):
        try:
            mibs.loadModules(module)
        except error.SmiError:
            continue  # none of that name, or one that this pysnmp cannot load
        for theirs in mibs.mibSymbols.get(module, {}).values():
            name = getattr(theirs, "label", None)
            if not isinstance(getattr(theirs, "name", None), tuple) or name not in modules[module][0]:
                continue
            compared += 1
            for what, ours, other in differences(modules, module, name, theirs):
                wrong += 1
                print("%s::%s: %s: %s, pysnmp: %s" % (module, name, what, ours, other))
    print("%d nodes compared" % compared)
    return 1 if wrong or not compared else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
