#!/usr/bin/env python3
"""png_numbers.py FILE: prints width, height, the commonest colour and the number
of colours of a PNG with eight bits of red, green and blue, read by the rules of
RFC 2083. png_numbers.py FILE COLOUR...: prints, of each colour, the heights at
which a fifth of a row or more is painted with it, of neighbours the middle."""

import collections
import struct
import sys
import zlib


def chunks(data):
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        sys.exit("no PNG")
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        (crc,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        if crc != zlib.crc32(kind + body):
            sys.exit("a chunk with another sum")
        yield kind, body
        at += 12 + length


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def unfilter(kind, line, above):
    for i in range(len(line)):
        a = line[i - 3] if i > 2 else 0
        c = above[i - 3] if i > 2 else 0
        b = above[i]
        guess = [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]
        line[i] = (line[i] + guess) & 255
    return line


def rows_of(path):
    with open(path, "rb") as f:
        parts = list(chunks(f.read()))
    width, height, depth, colour = struct.unpack(">IIBB", parts[0][1][:10])
    if (depth, colour) != (8, 2):
        sys.exit("depth %d, colour type %d" % (depth, colour))
    raw = zlib.decompress(b"".join(b for k, b in parts if k == b"IDAT"))
    stride = 1 + 3 * width
    if len(raw) != stride * height or parts[-1][0] != b"IEND":
        sys.exit("%d bytes of pixels" % len(raw))
    above = bytearray(3 * width)
    for y in range(height):
        row = raw[y * stride : (y + 1) * stride]
        above = unfilter(row[0], bytearray(row[1:]), above)
        yield [bytes(above[i : i + 3]) for i in range(0, 3 * width, 3)]


def lines(rows, colour):
    wide = [y for y, row in enumerate(rows) if 5 * row.count(colour) >= len(row)]
    ends = [y for y in wide if y + 1 not in wide]
    for end in ends:
        begin = end
        while begin - 1 in wide:
            begin -= 1
        yield (begin + end) / 2


def main():
    rows = list(rows_of(sys.argv[1]))
    for colour in sys.argv[2:]:
        print(*lines(rows, bytes.fromhex(colour)))
    if not sys.argv[2:]:
        seen = collections.Counter(pixel for row in rows for pixel in row)
        most = seen.most_common(1)[0][0].hex()
        print(len(rows[0]), len(rows), most, len(seen))


if __name__ == "__main__":
    main()
