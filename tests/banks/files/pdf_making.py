"""PDFs written by hand: pages of lines in a font whose table of letters is there, missing, or wrong."""

from __future__ import annotations

CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{entries}
endcmap CMapName currentdict /CMap defineresource pop end end"""


def make_pdf(pages: list[list[str]], *, shift: int | None = 0, invisible: bool = False, picture: bool = False) -> bytes:
    """A PDF with these lines. ``shift``: how far the table of letters is off, ``None`` for no table at all."""
    objects: list[bytes] = [b"", b""]

    def add(content: str | bytes) -> int:
        objects.append(content if isinstance(content, bytes) else content.encode())
        return len(objects)

    signs = sorted({sign for page in pages for line in page for sign in line})
    table = ""
    if shift is not None:
        letters = [f"<{ord(sign):04X}> <{ord(sign) + (shift if sign.isalpha() else 0):04X}>" for sign in signs]
        chunks = [letters[at : at + 100] for at in range(0, len(letters), 100)]
        entries = "\n".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks)
        table = f"/ToUnicode {add(_stream(CMAP.format(entries=entries).encode()))} 0 R "
    info = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    descriptor = add(
        "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800"
        " /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    inner = add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo {info} /DW 500"
        f" /FontDescriptor {descriptor} 0 R >>"
    )
    font = add(f"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H {table}/DescendantFonts [{inner} 0 R] >>")
    image = add(
        _stream(b"\0", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
    )
    kids = []
    for lines in pages:
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td\n" for line in lines)
        drawn = "q 100 0 0 100 50 50 cm /I Do Q\n" if picture or not lines else ""
        content = add(_stream(f"{drawn}BT /F 12 Tf {3 if invisible else 0} Tr 50 800 Td\n{shown}ET".encode()))
        resources = f"<< /Font << /F {font} 0 R >> /XObject << /I {image} 0 R >> >>"
        kids.append(
            add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents {content} 0 R /Resources {resources} >>")
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    return _file(objects)


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes], trailer: str = "") -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        made
        + f"{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF".encode()
    )


def locked_pdf() -> bytes:
    """A PDF that says it is encrypted with a password nobody knows (standard handler, 40 bits)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>"]
    secret = f"<{'41' * 32}>"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {secret} /U {secret} /P -4 >> /ID [<41> <41>]"
    return _file(objects, lock)
