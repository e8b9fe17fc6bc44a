"""Reporting frameworks as data: trees of requirements, read from one file each.

A framework says what must be disclosed, at which level of obligation, with which measures. The level of some
requirements depends on the issuer's class and the day its financial year begins, or on how the report claims to use
the framework; it is settled when the framework is read. The package's files and those of a project
(data/frameworks/ID.yml) are read alike. Labels are our own short wording; a project may put official wording in
their place (data/frameworks/ID.labels.yml). Where the facts come from is said in docs/frameworks.md.
"""

from esgreport.framework.of_report import (
    PACKAGE_FRAMEWORKS,
    load_frameworks,
    package_framework,
    requirements_of,
)
from esgreport.framework.reader import read_framework
from esgreport.framework.values import LEVELS, Framework, Measure, Requirement, other_names, worded_in

__all__ = [
    "LEVELS",
    "PACKAGE_FRAMEWORKS",
    "Framework",
    "Measure",
    "Requirement",
    "load_frameworks",
    "other_names",
    "package_framework",
    "read_framework",
    "requirements_of",
    "worded_in",
]
