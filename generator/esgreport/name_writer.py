"""Words what registers hold: names in one language or both, short names, titles, and how somebody can be reached."""

from __future__ import annotations

import re
from html import escape

from esgreport.calls import EntryReference
from esgreport.framework import worded_in
from esgreport.languages import LANGUAGES, words
from esgreport.model import Contact, Entry, Report
from esgreport.publications import LAWS
from esgreport.qr import qr_path
from esgreport.views import ContactView, NameView, QrView, WayView


def qr_view(address: str) -> QrView | None:
    """The address as a code; None for none."""
    return QrView(*qr_path(address), address.removeprefix("mailto:"), address) if address else None


class NameWriter:
    """Words entries of registers for one language."""

    def __init__(self, report: Report, language: str) -> None:
        self.report, self.language = report, language
        self.words = words(language)

    def said(self, reference: EntryReference) -> str:
        """What a call says of an entry, as safe HTML."""
        entry = self.report.entries[reference.entry]
        in_both = entry.register == LAWS and self.language in self.report.laws_in_both
        match reference.show or ("both" if in_both else "name"):
            case "both":
                return self.in_both(entry)
            case "short":
                return escape(worded_in(entry.short_name, self.language))
            case "defined":
                name, short = (worded_in(text, self.language) for text in (entry.name, entry.short_name))
                return escape(self.words["defined"].format(name=name, short=self.quoted(short)))
            case "means" | "title" as key:
                return escape(worded_in(getattr(entry, key), self.language))
            case "name":
                return escape(worded_in(entry.name, self.language))
            case way:
                (found,) = (each for each in self.ways(entry.contact) if each.kind == way)
                text = escape(found.text)
                return f'<a href="{escape(found.url)}">{text}</a>' if found.url else text

    def in_both(self, entry: Entry) -> str:
        """A name, and in brackets that of the other language where it is another."""
        name = worded_in(entry.name, self.language)
        other = entry.other_language(self.language, self.report.languages)
        if not other or entry.name[other] == name:
            return escape(name)
        spanned = f'<span lang="{LANGUAGES[other].tag}">{escape(entry.name[other])}</span>'
        return self.words["in_brackets"].format(name=escape(name), other=spanned)

    def quoted(self, text: str) -> str:
        return self.words["quoted"].format(text=text)

    def name(self, entry: Entry) -> NameView:
        """An entry with all that boxes say of it."""
        own, short, means, title = (
            worded_in(text, self.language)
            for text in (entry.name, entry.short_name, entry.means, entry.title)
        )
        return NameView(own, title, self.quoted(short or own), means or own)

    def ways(self, contact: Contact) -> tuple[WayView, ...]:
        """How somebody can be reached, line by line."""
        said = {
            "address": (worded_in(contact.address, self.language), ""),
            "phone": (contact.phone, "tel:" + re.sub(r"[^\d+]", "", contact.phone)),
            "email": (contact.email, f"mailto:{contact.email}"),
            "website": (contact.website, contact.website),
            "hours": (worded_in(contact.hours, self.language), ""),
        }
        return tuple(
            WayView(kind, self.words[f"contact_{kind}"], text, url)
            for kind, (text, url) in said.items()
            if text
        )

    def contact(self, entry: Entry, with_code: bool = False) -> ContactView:
        """Whom to ask and how; with a code of the website, else of the mailbox."""
        code = qr_view(entry.contact.url) if with_code else None
        return ContactView(worded_in(entry.name, self.language), self.ways(entry.contact), code)

    def of_company(self) -> ContactView | None:
        """Whom `company.contact` names: an entry, an e-mail address, or somebody in other words."""
        contact = self.report.company.contact
        if contact in self.report.named("contact"):
            return self.contact(self.report.entries[contact])
        url = f"mailto:{contact}" if "@" in contact and " " not in contact else ""
        return ContactView("", (WayView("email" if url else "", "", contact, url),)) if contact else None
