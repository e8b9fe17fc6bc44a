"""What an archive asks of a PDF (ISO 19005-3, level A), as far as its structure shows it: a check, and a violation of each.

No validator stands behind this. The clauses are those of ISO 19005-3:2012. A check yields what is wrong, in words; a
violation changes a sound PDF.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

Check = Callable[[pikepdf.Pdf], Iterator[str]]
Plant = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Rule:
    """What must hold: its name, the clause, the check, and a violation."""

    name: str
    clause: str
    check: Check
    plant: Plant


RULES: list[Rule] = []


def rule(name: str, clause: str, plant: Plant) -> Callable[[Check], Check]:
    def listed(check: Check) -> Check:
        RULES.append(Rule(name, clause, check, plant))
        return check

    return listed


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of a file, also those that stand in others."""

    def within(found: Any) -> Iterator[Any]:
        if isinstance(found, Dictionary | Stream):
            yield found
            for key in found.keys():  # noqa: SIM118  a stream is no mapping
                value = found[key]
                if isinstance(value, Dictionary | Array) and not value.is_indirect:
                    yield from within(value)
        elif isinstance(found, Array):
            for value in found:
                if isinstance(value, Dictionary | Array) and not value.is_indirect:
                    yield from within(value)

    for each in pdf.objects:
        yield from within(each)


def streams(pdf: pikepdf.Pdf) -> Iterator[Stream]:
    yield from (each for each in pdf.objects if isinstance(each, Stream))


def drawings(pdf: pikepdf.Pdf) -> Iterator[Stream]:
    """What is painted: pages, forms, patterns."""
    yield from (page.Contents for page in pdf.pages)
    yield from (
        each for each in streams(pdf) if each.get("/Subtype") == "/Form" or each.get("/Type") == "/Pattern"
    )


def metadata(pdf: pikepdf.Pdf) -> str:
    return pdf.Root.Metadata.read_bytes().decode()


# ---- the file


def _no_id(pdf: pikepdf.Pdf) -> None:
    del pdf.trailer.ID


@rule("id", "6.1.3", _no_id)
def the_file_has_an_id_and_is_not_encrypted(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Encrypt" in pdf.trailer:
        yield "the file is encrypted"
    if len(pdf.trailer.get("/ID", ())) != 2:
        yield "no /ID of two strings"


def _lzw(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")
    stream.Filter = Name.LZWDecode
    pdf.Root.Extra = stream


@rule("filters", "6.1.7.2", _lzw)
def streams_are_packed_by_ways_that_are_free(pdf: pikepdf.Pdf) -> Iterator[str]:
    for stream in streams(pdf):
        filters = stream.get("/Filter", Array())
        for each in filters if isinstance(filters, Array) else [filters]:
            if each not in ("/FlateDecode", "/DCTDecode"):
                yield f"a stream is packed by {each}"
        if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
            yield "a stream lies in another file"


def _deep(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(b"q " * 30 + page.Contents.read_bytes() + b" Q" * 30)


@rule("limits", "6.1.13", _deep)
def nothing_is_larger_than_readers_must_bear(pdf: pikepdf.Pdf) -> Iterator[str]:
    for stream in drawings(pdf):
        depth = most = 0
        for operator in re.findall(rb"(?<![^\s\])>])[qQ](?=\s|$)", stream.read_bytes()):
            depth += 1 if operator == b"q" else -1
            most = max(most, depth)
        if most > 28:
            yield f"states of drawing lie {most} deep in each other"
    for found in dictionaries(pdf):
        for key in found.keys():  # noqa: SIM118
            value = found[key]
            if len(key.encode()) > 128 or (isinstance(value, Name) and len(str(value).encode()) > 128):
                yield f"a name of more than 127 bytes: {key}"
            if isinstance(value, String) and len(bytes(value)) > 32_767:
                yield f"a text of more than 32,767 bytes: {key}"
    for number, page in enumerate(pdf.pages):
        left, bottom, right, top = (float(side) for side in page.MediaBox)
        if not all(3 <= side <= 14_400 for side in (right - left, top - bottom)):
            yield f"page {number} is of a size that readers need not bear"


# ---- metadata and colours


def _claims_less(pdf: pikepdf.Pdf) -> None:
    changed = metadata(pdf).replace('pdfaid:conformance="A"', "")
    pdf.Root.Metadata = pdf.make_stream(changed.encode(), Type=Name.Metadata, Subtype=Name.XML)


@rule("profile-named", "6.6.4", _claims_less)
def the_metadata_name_part_and_level(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None or stream.get("/Subtype") != "/XML":
        yield "no metadata"
        return
    tree = ElementTree.fromstring(re.sub(r"<\?xpacket.*?\?>", "", metadata(pdf)))
    ours = "{http://www.aiim.org/pdfa/ns/id/}"
    named = {key.removeprefix(ours): value for each in tree.iter() for key, value in each.attrib.items() if key.startswith(ours)}  # fmt: skip
    if named != {"part": "3", "conformance": "A"}:
        yield f"the metadata name {named}"


KNOWN = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/",
    "http://ns.adobe.com/xap/1.0/", "http://www.aiim.org/pdfa/ns/id/", "http://www.aiim.org/pdfa/ns/extension/",
    "http://www.aiim.org/pdfa/ns/schema#", "http://www.aiim.org/pdfa/ns/property#", "adobe:ns:meta/",
    "http://www.w3.org/XML/1998/namespace",
}  # fmt: skip


def _unexplained(pdf: pikepdf.Pdf) -> None:
    changed = metadata(pdf).replace("<pdfaSchema:prefix>pdfuaid", "<pdfaSchema:prefix>other")
    changed = changed.replace(
        "namespaceURI>http://www.aiim.org/pdfua/ns/id/", "namespaceURI>http://example.com/"
    )
    pdf.Root.Metadata = pdf.make_stream(changed.encode(), Type=Name.Metadata, Subtype=Name.XML)


@rule("metadata-explained", "6.6.2.3", _unexplained)
def words_of_metadata_are_known_or_explained(pdf: pikepdf.Pdf) -> Iterator[str]:
    text = metadata(pdf)
    tree = ElementTree.fromstring(re.sub(r"<\?xpacket.*?\?>", "", text))
    explained = {each.text for each in tree.iter("{http://www.aiim.org/pdfa/ns/schema#}namespaceURI")}
    used = {name[1:].partition("}")[0] for each in tree.iter() for name in (each.tag, *each.attrib) if name.startswith("{")}  # fmt: skip
    yield from (f"{each} is not explained" for each in sorted(used - KNOWN - explained))


def _other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = String("Another")


@rule("metadata-agree", "6.6.3", _other_title)
def the_title_is_the_same_in_both_places(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as found:
        if found.get("dc:title") != str(pdf.docinfo.get("/Title", "")):
            yield "the title is not that of the metadata"
        if found.get("pdf:Producer") != str(pdf.docinfo.get("/Producer", "")):
            yield "the producer is not that of the metadata"


def _no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@rule("output-intent", "6.2.3", _no_intent)
def colours_have_a_profile(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = [each for each in pdf.Root.get("/OutputIntents", ()) if each.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield f"{len(intents)} output intents"
        return
    profile = intents[0].DestOutputProfile
    header = profile.read_bytes()[:128]
    if profile.N != 3 or header[36:40] != b"acsp" or header[16:20] != b"RGB ":
        yield "the profile is none of red, green and blue"
    if header[12:16] not in (b"mntr", b"prtr") or header[8] > 4:
        yield "the profile is of a kind or version that is not allowed"


def _in_cmyk(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(b"0 0 0 1 k " + page.Contents.read_bytes())


@rule("colours", "6.2.4.3", _in_cmyk)
def no_colour_is_one_that_the_profile_does_not_cover(pdf: pikepdf.Pdf) -> Iterator[str]:
    for stream in drawings(pdf):
        if re.search(rb"(?<![^\s\])>])(?:[kK]|/DeviceCMYK\s+(?:cs|CS))(?=\s|$)", stream.read_bytes()):
            yield "something is painted in four inks"
    for found in dictionaries(pdf):
        if found.get("/ColorSpace") == "/DeviceCMYK":
            yield "a picture or shading is in four inks"


# ---- what is painted


def _smooth(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.XObject.Smooth = pdf.make_stream(
        b"\0\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB, Interpolate=True,
    )  # fmt: skip


@rule("pictures", "6.2.8", _smooth)
def pictures_are_shown_as_they_are(pdf: pikepdf.Pdf) -> Iterator[str]:
    for stream in streams(pdf):
        if stream.get("/Subtype") in ("/Image", "/Form"):
            if stream.get("/Interpolate"):
                yield "a picture is smoothed by the reader"
            if {"/Alternates", "/OPI", "/Ref", "/PS"} & set(stream.keys()) or stream.get(
                "/Subtype2"
            ) == "/PS":
                yield "a picture stands for another"
        if stream.get("/Subtype") == "/PS":
            yield "a program is painted"


def _strange_blending(pdf: pikepdf.Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    pdf.pages[0].Group = group


@rule("blending", "6.2.10", _strange_blending)
def what_shines_through_is_mixed_in_the_colours_of_the_profile(pdf: pikepdf.Pdf) -> Iterator[str]:
    modes = {
        "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn",
        "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity",
    }  # fmt: skip
    intent = "/OutputIntents" in pdf.Root
    for found in dictionaries(pdf):
        if found.get("/S") == "/Transparency":
            space = found.get("/CS")
            if space is None and not intent:
                yield "it is not said in which colours groups are mixed"
            if space is not None and space not in ("/DeviceRGB", "/DeviceGray"):
                yield f"a group is mixed in {space}"
        if "/BM" in found.keys() and found.BM not in modes:  # noqa: SIM118
            yield f"{found.BM} is no way of mixing"
        if {"/TR", "/HTP"} & set(found.keys()) or found.get("/TR2", "/Default") != "/Default":
            yield "a state of drawing changes colours on the way"


def _faceless(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor.FontFile2


@rule("faces", "6.2.11.4, 6.2.11.7", _faceless)
def faces_are_in_the_file_and_know_their_characters(pdf: pikepdf.Pdf) -> Iterator[str]:
    fonts = [each for each in dictionaries(pdf) if each.get("/Type") == "/Font"]
    if not fonts:
        yield "no face at all"
    for font in fonts:
        name = font.get("/BaseFont")
        if font.Subtype == "/Type0":
            if "/ToUnicode" not in font:
                yield f"{name} does not know its characters"
            if font.Encoding not in ("/Identity-H", "/Identity-V"):
                yield f"{name} has codes of its own"
            descendants = font.DescendantFonts
            if len(descendants) != 1 or descendants[0].CIDSystemInfo.Ordering != "Identity":
                yield f"{name} is built of other parts than expected"
        elif font.Subtype == "/CIDFontType2":
            if not {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys()):
                yield f"{name} is not in the file"
            if "/CIDToGIDMap" not in font:
                yield f"{name} does not say which glyph a code is"
            if "/W" not in font:
                yield f"{name} has no widths"
        elif font.Subtype != "/Type3":
            yield f"{name} is a face of a kind that we do not write"


# ---- what one can do with it


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@rule("actions", "6.5.1", _script)
def nothing_is_done_but_going_somewhere(pdf: pikepdf.Pdf) -> Iterator[str]:
    kinds = {
        "/GoTo", "/URI", "/GoToR", "/GoToE", "/Launch", "/Thread", "/Sound", "/Movie", "/ResetForm", "/ImportData",
        "/SubmitForm", "/Hide", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView", "/JavaScript", "/Named",
    }  # fmt: skip
    for found in dictionaries(pdf):
        if found.get("/S") in kinds - {"/GoTo", "/URI"}:
            yield f"an action {found.S}"
        if "/AA" in found.keys():  # noqa: SIM118
            yield "something happens by itself"
    for key in ("/AcroForm", "/XFA", "/Requirements", "/OCProperties", "/Perms"):
        if key in pdf.Root:
            yield f"the file has {key}"
    if "/JavaScript" in pdf.Root.get("/Names", Dictionary()):
        yield "the file holds scripts"


def _not_printed(pdf: pikepdf.Pdf) -> None:
    notes = next(page.Annots for page in pdf.pages if "/Annots" in page)
    notes[0].F = 2


@rule("links", "6.3.2", _not_printed)
def links_are_shown_and_printed(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages):
        for note in page.get("/Annots", ()):
            if note.Subtype != "/Link":
                yield f"page {number}: a note of the kind {note.Subtype}"
            flags = int(note.get("/F", 0))
            if not flags & 4 or flags & (1 | 2 | 32 | 256):
                yield f"page {number}: a link that is hidden or not printed"


# ---- what it carries


def _untyped(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].EF.F.Subtype


@rule("attachments", "6.8", _untyped)
def what_is_carried_says_what_it_is(pdf: pikepdf.Pdf) -> Iterator[str]:
    files = [each for each in dictionaries(pdf) if "/EF" in each.keys()]  # noqa: SIM118
    attached = list(pdf.Root.get("/AF", ()))
    if len(files) != len(attached) or any(each.objgen not in {x.objgen for x in attached} for each in files):
        yield "a file that is carried belongs to nothing"
    names = pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles", Dictionary()).get("/Names", Array())
    if [str(each) for each in names][::2] != sorted(str(each) for each in list(names)[::2]):
        yield "the names of what is carried are not sorted"
    if len(names) != 2 * len(files):
        yield "what is carried is not listed"
    for file in files:
        name, stream = file.get("/F"), file.EF.F
        if not name or name != file.get("/UF"):
            yield "a file without its name"
        if file.get("/AFRelationship") not in (
            "/Source",
            "/Data",
            "/Alternative",
            "/Supplement",
            "/Unspecified",
        ):
            yield f"{name} does not say what it is to the document"
        if not re.fullmatch(r"/[a-z]+/[a-z.+-]+", str(stream.get("/Subtype", ""))):
            yield f"{name} has no media type"
        if not re.fullmatch(r"D:\d{14}Z", str(stream.get("/Params", Dictionary()).get("/ModDate", ""))):
            yield f"{name} does not say when it was changed"
        if int(stream.Params.get("/Size", -1)) != len(stream.read_bytes()):
            yield f"{name} is of another size"


# ---- who listens


def _untagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@rule("tagged", "6.7", _untagged)
def the_file_is_tagged_and_has_a_language(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked"):
        yield "the file does not say that it is tagged"
    if "/StructTreeRoot" not in pdf.Root:
        yield "the file has no structure"
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?", str(pdf.Root.get("/Lang", ""))):
        yield "the file has no language"


def faults(content: bytes) -> list[str]:
    """Everything that is wrong with a file."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [f"{each.name}: {fault}" for each in RULES for fault in each.check(pdf)]
