"""data/glossary.yml: the words of the report in each language, those by which readers look for them, those it avoids."""

from __future__ import annotations

from esgreport.diagnostics import Place
from esgreport.languages import LANGUAGES
from esgreport.load.project import Project
from esgreport.model import GlossaryTerm
from esgreport.source import exists

GLOSSARY_FILE = "data/glossary.yml"


def read_glossary(project: Project) -> dict[str, GlossaryTerm]:
    """The terms by their ids."""
    if not exists(project.root, GLOSSARY_FILE):
        return {}
    found: dict[str, GlossaryTerm] = {}
    taken: dict[tuple[str, str], Place] = {}
    for key, value in project.shapes.entries(project.yaml(GLOSSARY_FILE), "glossary.yml"):
        entry = project.shapes.mapping(
            value, f'the term "{key.text}"', ("term", "forms", "also", "avoid"), ("term",)
        )
        term = GlossaryTerm(
            key.text,
            project.shapes.wording(entry.get("term"), f'the term "{key.text}"'),
            key.place,
            project.shapes.words(entry.get("forms"), f'forms of "{key.text}"'),
            project.shapes.words(entry.get("also"), f'also of "{key.text}"'),
            project.shapes.words(entry.get("avoid"), f'avoid of "{key.text}"'),
        )
        for language in LANGUAGES:
            for word in term.words(language):
                first = taken.setdefault((language, word.casefold()), key.place)
                if first != key.place or term.words(language).count(word) > 1:
                    message = (
                        f'"{word}" ({language}) stands twice in the glossary, here and in line {first.line}'
                    )
                    help = "let each word mean one thing: take it out of one of them"
                    project.shapes.refuse(key.place, message, help, "duplicate-term")
                    break
        found[key.text] = term
    return found
