#!/usr/bin/env python3
"""What decimals and books should be: whole numbers and fractions of Python.

    money_oracle.py decimal > tests/unit/base/decimal_rows.c
    money_oracle.py books   > tests/unit/position/books_rows.c

Both print the same on every machine: all that is drawn comes from a seed.
"""
import random
import sys
from fractions import Fraction

ONE = 10 ** 18


def units(text):
    return int(Fraction(text) * ONE)


def nearest(x):
    return round(Fraction(x))  # half to even


def text(u):
    whole, rest = divmod(abs(u), ONE)
    tail = ("%018d" % rest).rstrip("0")
    return "-" * (u < 0) + str(whole) + ("." + tail if tail else "")


def literal(u):
    return "NULL" if u is None else '"%s"' % text(u)


# --- Decimals ----------------------------------------------------------------

def draw(r, most=33):
    """Any sign, any size below 10^15, few digits as often as many."""
    u = r.randrange(10 ** r.randint(1, most))
    if r.random() < .5:
        u -= u % 10 ** r.randint(0, 24)
    return -u if r.random() < .3 else u


def limited(q):
    u = nearest(q)
    return u if abs(u) < 100 * ONE ** 2 else None


def ties(r):
    """a * part / whole and a * b with a half at the end."""
    for _ in range(8):
        a = 2 * r.randrange(10 ** 20) + 1
        yield "SHARE", r.choice([a, -a]), ONE, 2 * ONE
    for _ in range(8):
        a = 10 * r.randrange(10 ** 18) + 5
        yield "MUL", r.choice([a, -a]), ONE // 10, None
    for _ in range(8):
        a = 2 * r.randrange(10 ** 20) + 1
        yield "DIV", a, r.choice([2, -2]) * ONE, None


def drawn(r):
    for _ in range(40):
        yield "ADD", draw(r), draw(r), None
    for _ in range(64):
        yield "MUL", draw(r), draw(r), None
    for _ in range(64):
        b = draw(r)
        yield "DIV", draw(r), b or 1, None
    for _ in range(64):
        whole = 1 + abs(draw(r))
        yield "SHARE", draw(r), r.randrange(whole + 1), whole


def answer(op, a, b, whole):
    if op == "ADD":
        return a + b
    if op == "MUL":
        return limited(Fraction(a * b, ONE))
    if op == "DIV":
        return limited(Fraction(a * ONE, b))
    return nearest(Fraction(a * b, whole))


def put_row(*fields):
    line = "    { " + ", ".join(fields) + " },"
    if len(line) > 99:
        half = len(fields) - 2
        line = ("    { " + ", ".join(fields[:half]) + ",\n      " +
                ", ".join(fields[half:]) + " },")
    print(line)


def put_decimals():
    r = random.Random(20261121)
    print('#include "decimal_rows.h"\n')
    print("/* Printed by tests/oracles/money_oracle.py decimal. */")
    print("// clang-format off")
    print("const struct decimal_row decimal_rows[] = {")
    n = 0
    for op, a, b, whole in list(ties(r)) + list(drawn(r)):
        put_row("ROW_" + op, literal(a), literal(b), literal(whole),
                literal(answer(op, a, b, whole)))
        n += 1
    print("};\nconst size_t decimal_row_count = %d;\n" % n)
    print("const struct decimal_double_row decimal_double_rows[] = {")
    for _ in range(50):
        u = draw(r)
        print('    { "%s", %r },' % (text(u), float(Fraction(u, ONE))))
    print("};\nconst size_t decimal_double_row_count = 50;")
    print("// clang-format on")


# --- Books -------------------------------------------------------------------

class Draws:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 +
                      1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n


class Books:
    """Average cost, in units of 10^-18; only a share and the worth of a fee
    are rounded."""

    def __init__(self):
        self.base = self.cash = self.cost = self.realised = 0
        self.fees = self.other = 0
        self.oversold = False

    def enter(self, buys, price, size, funds, fee, currency):
        in_base = fee if currency == "BTC" else 0
        in_quote = fee if currency == "USDT" else 0
        if currency == "KCS":
            self.other += fee
        self.fees += in_quote + nearest(Fraction(in_base * price, ONE))
        if buys:
            self.bought(size - in_base, funds + in_quote)
        else:
            self.sold(size + in_base, funds - in_quote)
        assert self.cash == self.realised - self.cost
        assert self.cost >= 0 and (self.base > 0 or self.cost == 0)

    def bought(self, amount, paid):
        gap = max(0, min(amount, -self.base))
        self.base += amount
        self.cash -= paid
        of_held = paid
        if gap:
            of_held = nearest(Fraction(paid * (amount - gap), amount))
        self.realised -= paid - of_held
        self.cost += of_held

    def sold(self, amount, brought):
        if amount > self.base:
            self.oversold = True
            share = Fraction(1)
        else:
            share = Fraction(amount, self.base)
        cost = nearest(self.cost * share)
        self.base -= amount
        self.cash += brought
        self.cost -= cost
        self.realised += brought - cost


def size_of(d, b, buys):
    drawn = (1 + d.below(1000000)) * 10 ** (18 - d.below(9))
    how = d.below(8)
    if buys or how == 1 or b.base <= 0:
        return drawn
    if how == 0:
        return b.base
    part = b.base * (1 + d.below(999)) // 1000
    return part - part % 10 ** 10 or b.base


def fee_of(d, size, funds):
    kind = d.below(6)
    rate = d.below(30) * 10 ** 14
    if kind == 0:
        return 0, ""
    if kind == 3:
        return rate, "KCS"
    traded, currency = (size, "BTC") if kind in (1, 5) else (funds, "USDT")
    fee = nearest(Fraction(traded * rate, ONE))
    return (-fee if kind > 3 else fee), currency


def put_sequence(seed, sums):
    d, b = Draws(seed), Books()
    for _ in range(1 + d.below(30)):
        buys = d.below(5) < 3
        price = (1 + d.below(10000000)) * 10 ** (18 - d.below(6))
        size = size_of(d, b, buys)
        funds = nearest(Fraction(price * size, ONE)) or 1
        fee, currency = fee_of(d, size, funds)
        b.enter(buys, price, size, funds, fee, currency)
    for i, x in enumerate((b.base, b.cost, b.realised, b.fees, b.other)):
        sums[i] += x
    sums[5] += b.oversold


def put_books():
    print('#include "books_rows.h"\n')
    print("/* Printed by tests/oracles/money_oracle.py books. */")
    print("// clang-format off")
    print("const struct books_row books_rows[BOOKS_ROWS] = {")
    for row in range(40):
        sums = [0] * 6
        for i in range(250):
            put_sequence(row * 250 + i + 1, sums)
        print("    { %s, %s, %s,\n      %s, %s, %d }," %
              (*(literal(x) for x in sums[:5]), sums[5]))
    print("};\n// clang-format on")


if __name__ == "__main__":
    {"decimal": put_decimals, "books": put_books}[sys.argv[1]]()
