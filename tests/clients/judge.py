"""judge.py DIR CLIENT URL NOW: what a client made of the world (DIR/CLIENT.tsv)
beside the bars it was made of (DIR/bars.csv), the books it keeps
(DIR/ledger.json) and its plain replies. Prints "CASE<TAB>EXPECTED<TAB>SEEN"."""
import csv
import datetime
import json
import sys
import urllib.request
from decimal import Decimal

directory, client, url, now = sys.argv[1:]
NOW = int(datetime.datetime.fromisoformat(now.replace("Z", "+00:00")).timestamp())
CAPITAL = Decimal(10000)


def reply(path):
    with urllib.request.urlopen(url + path, timeout=10) as answer:
        return json.load(answer)["data"]


def floats(rows):
    return [[float(x) for x in row] for row in rows]


def bars(seconds, count):
    """The newest that have closed, oldest first: a bar opens, closes and holds
    what its quarters do."""
    made = {}
    with open(directory + "/bars.csv") as lines:
        for row in csv.reader(lines):
            if not row[0].isdigit():
                continue
            time, o, h, low, c, volume = int(row[0]), *map(Decimal, row[1:6])
            if time + 900 > NOW:
                continue
            of = made.setdefault(time // seconds * seconds, [o, h, low, c, Decimal(0)])
            of[1], of[2], of[3] = max(of[1], h), min(of[2], low), c
            of[4] += volume
    closed = [[time * 1000, *map(float, of)] for time, of in sorted(made.items())
              if time + seconds <= NOW]
    return closed[-count:]


def closed(rows, seconds):
    return [row for row in rows if row[0] / 1000 + seconds <= NOW][-3:]


def decimal(x):
    return Decimal(str(x))


def sums(fills):
    """Count, base, quote and fees of a list of fills."""
    base = quote = fees = Decimal(0)
    for _, side, price, size, fee, _ in fills:
        sign = 1 if side == "buy" else -1
        base += sign * decimal(size)
        quote -= sign * decimal(price) * decimal(size) + 0
        fees += decimal(fee)
    return [len(fills), str(base.normalize()), "%.9f" % (quote - fees), "%.9f" % fees]


with open("%s/%s.tsv" % (directory, client)) as lines:
    seen = {name: json.loads(value) for name, value in
            (line.rstrip("\n").split("\t") for line in lines if "\t" in line)}
with open(directory + "/ledger.json") as lines:
    ledger = json.load(lines)
orders = ledger["orders"]
total = {"BTC": Decimal(ledger["base"]), "USDT": CAPITAL + Decimal(ledger["quote_cash"])}
sells = sum(Decimal(o["size"]) for o in orders if o["side"] == "sell")
symbol = reply("/api/v2/symbols/BTC-USDT")
book = reply("/api/v1/market/orderbook/level2_20?symbol=BTC-USDT")


def take(name):
    return seen.get(name, "nothing")


def of_fills(fills):
    return sums(fills) if isinstance(fills, list) else fills


cases = [
    ("time", NOW * 1000, take("time")),
    ("status", "ok", take("status")),
    ("symbol", {"tick": float(symbol["priceIncrement"]), "lot": float(symbol["baseIncrement"]),
                "least": float(symbol["baseMinSize"]), "funds": float(symbol["quoteMinSize"]),
                "active": True}, take("symbol")),
    ("15m candles", bars(900, 3), closed(take("candles"), 900)),
    ("1h candles", bars(3600, 3), closed(take("hours"), 3600)),
    ("ticker", float(reply("/api/v1/market/orderbook/level1?symbol=BTC-USDT")["price"]),
     take("ticker")),
    ("book", {side: floats(book[side]) for side in ("bids", "asks")}, take("book")),
    ("balances", {name: float(x) for name, x in total.items()},
     {name: x[0] for name, x in take("balance").items()}),
    ("base that is free", float(total["BTC"] - sells), take("balance")["BTC"][1]),
    ("open orders", sorted([o["id"], o["side"], float(o["price"]), float(o["size"])]
                           for o in orders), take("orders")),
    ("fills: how many, base, quote, fees",
     [ledger["fills"], ledger["base"], "%.9f" % Decimal(ledger["quote_cash"]),
      "%.9f" % Decimal(ledger["fees"])], of_fills(take("fills"))),
    ("no stop orders", 0, take("stop_orders")),
]
REFUSED = {"ccxt": "error AuthenticationError", "sdk": "error RestError"}
for name in ("wrong_secret", "wrong_passphrase", "wrong_key"):
    told = take(name)
    ok = str(told).startswith(REFUSED[client]) and ("40000" in told or "401" in told)
    cases.append((name.replace("_", " ") + " is refused", True, ok))
for case, expected, found in cases:
    same = expected == found
    short = "alike" if same else json.dumps(found)[:300]
    print("%s: %s\t%s\t%s" % (client, case, "alike" if same else json.dumps(expected)[:300], short))
