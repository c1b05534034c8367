/* Bodies of KuCoin's replies about an account, as they are on the wire; the
 * values are invented. */
#ifndef EXCHANGE_KUCOIN_ACCOUNT_BODIES_H
#define EXCHANGE_KUCOIN_ACCOUNT_BODIES_H

// clang-format off
#define BODY_ACCOUNTS \
    "{\"code\":\"200000\",\"data\":[{\"id\":\"66a1c07e93b1dd0007a4f0c" \
    "1\",\"currency\":\"USDT\",\"type\":\"main\",\"balance\":\"120.5" \
    "\",\"available\":\"120.5\",\"holds\":\"0\"},{\"id\":\"2891174533" \
    "207\",\"currency\":\"USDT\",\"type\":\"trade\",\"balance\":\"421" \
    "1.30870211\",\"available\":\"1803.10870211\",\"holds\":\"2408.2" \
    "\"},{\"id\":\"2891174533210\",\"currency\":\"BTC\",\"type\":\"tr" \
    "ade\",\"balance\":\"0.08412007\",\"available\":\"0.05912007\",\"" \
    "holds\":\"0.025\"},{\"id\":\"2891174533215\",\"currency\":\"KCS" \
    "\",\"type\":\"trade\",\"balance\":\"0\",\"available\":\"0\",\"ho" \
    "lds\":\"0\"}]}"
#define BODY_ACCOUNTS_EMPTY \
    "{\"code\":\"200000\",\"data\":[]}"
#define BODY_ORDERS_PAGE_1 \
    "{\"code\":\"200000\",\"data\":{\"currentPage\":1,\"pageSize\":2," \
    "\"totalNum\":4,\"totalPage\":2,\"items\":[{\"id\":\"674d2e1b9a07" \
    "c6000700000b\",\"clientOid\":\"grid-btc-011\",\"symbol\":\"BTC-U" \
    "SDT\",\"opType\":\"DEAL\",\"type\":\"limit\",\"side\":\"sell\"," \
    "\"price\":\"85600\",\"size\":\"0.01\",\"funds\":\"856\",\"dealSi" \
    "ze\":\"0\",\"dealFunds\":\"0\",\"fee\":\"0\",\"feeCurrency\":\"U" \
    "SDT\",\"stp\":null,\"timeInForce\":\"GTC\",\"postOnly\":false,\"" \
    "hidden\":false,\"iceberg\":false,\"visibleSize\":\"0\",\"cancelA" \
    "fter\":0,\"channel\":\"API\",\"remark\":null,\"tags\":null,\"can" \
    "celExist\":false,\"tradeType\":\"TRADE\",\"inOrderBook\":true,\"" \
    "cancelledSize\":\"0\",\"cancelledFunds\":\"0\",\"remainSize\":\"" \
    "0.01\",\"remainFunds\":\"856\",\"tax\":\"0\",\"active\":true,\"c" \
    "reatedAt\":1795172861318,\"lastUpdatedAt\":1795174661318},{\"id" \
    "\":\"674d2e1b9a07c6000700000c\",\"clientOid\":\"grid-btc-012\"," \
    "\"symbol\":\"BTC-USDT\",\"opType\":\"DEAL\",\"type\":\"limit\"," \
    "\"side\":\"sell\",\"price\":\"84900\",\"size\":\"0.02\",\"funds" \
    "\":\"1698\",\"dealSize\":\"0.005\",\"dealFunds\":\"424.5\",\"fee" \
    "\":\"0.4245\",\"feeCurrency\":\"USDT\",\"stp\":null,\"timeInForc" \
    "e\":\"GTC\",\"postOnly\":false,\"hidden\":false,\"iceberg\":fals" \
    "e,\"visibleSize\":\"0\",\"cancelAfter\":0,\"channel\":\"API\",\"" \
    "remark\":null,\"tags\":null,\"cancelExist\":false,\"tradeType\":" \
    "\"TRADE\",\"inOrderBook\":true,\"cancelledSize\":\"0\",\"cancell" \
    "edFunds\":\"0\",\"remainSize\":\"0.015\",\"remainFunds\":\"1273." \
    "5\",\"tax\":\"0\",\"active\":true,\"createdAt\":1795169261318,\"" \
    "lastUpdatedAt\":1795172861318}]}}"
#define BODY_ORDERS_PAGE_2 \
    "{\"code\":\"200000\",\"data\":{\"currentPage\":2,\"pageSize\":2," \
    "\"totalNum\":4,\"totalPage\":2,\"items\":[{\"id\":\"674d2e1b9a07" \
    "c6000700000d\",\"clientOid\":\"grid-btc-013\",\"symbol\":\"BTC-U" \
    "SDT\",\"opType\":\"DEAL\",\"type\":\"limit\",\"side\":\"buy\",\"" \
    "price\":\"83500\",\"size\":\"0.01\",\"funds\":\"835\",\"dealSize" \
    "\":\"0\",\"dealFunds\":\"0\",\"fee\":\"0\",\"feeCurrency\":\"USD" \
    "T\",\"stp\":null,\"timeInForce\":\"GTC\",\"postOnly\":false,\"hi" \
    "dden\":false,\"iceberg\":false,\"visibleSize\":\"0\",\"cancelAft" \
    "er\":0,\"channel\":\"API\",\"remark\":null,\"tags\":null,\"cance" \
    "lExist\":false,\"tradeType\":\"TRADE\",\"inOrderBook\":true,\"ca" \
    "ncelledSize\":\"0\",\"cancelledFunds\":\"0\",\"remainSize\":\"0." \
    "01\",\"remainFunds\":\"835\",\"tax\":\"0\",\"active\":true,\"cre" \
    "atedAt\":1795167461318,\"lastUpdatedAt\":1795171961318},{\"id\":" \
    "\"674d2e1b9a07c6000700000e\",\"clientOid\":\"grid-btc-014\",\"sy" \
    "mbol\":\"BTC-USDT\",\"opType\":\"DEAL\",\"type\":\"limit\",\"sid" \
    "e\":\"buy\",\"price\":\"82800\",\"size\":\"0.019\",\"funds\":\"1" \
    "573.2\",\"dealSize\":\"0\",\"dealFunds\":\"0\",\"fee\":\"0\",\"f" \
    "eeCurrency\":\"USDT\",\"stp\":null,\"timeInForce\":\"GTC\",\"pos" \
    "tOnly\":false,\"hidden\":false,\"iceberg\":false,\"visibleSize\"" \
    ":\"0\",\"cancelAfter\":0,\"channel\":\"API\",\"remark\":null,\"t" \
    "ags\":null,\"cancelExist\":false,\"tradeType\":\"TRADE\",\"inOrd" \
    "erBook\":true,\"cancelledSize\":\"0\",\"cancelledFunds\":\"0\"," \
    "\"remainSize\":\"0.019\",\"remainFunds\":\"1573.2\",\"tax\":\"0" \
    "\",\"active\":true,\"createdAt\":1795167460318,\"lastUpdatedAt\"" \
    ":1795171960818}]}}"
#define BODY_STOP_ORDERS \
    "{\"code\":\"200000\",\"data\":{\"currentPage\":1,\"pageSize\":50" \
    ",\"totalNum\":1,\"totalPage\":1,\"items\":[{\"id\":\"vs9f0pt4ukq" \
    "2d8m3003rr0a1\",\"symbol\":\"BTC-USDT\",\"userId\":\"633559791e1" \
    "cbc0001f31abc\",\"status\":\"NEW\",\"type\":\"limit\",\"side\":" \
    "\"sell\",\"price\":\"81900.00000000000000000000\",\"size\":\"0.0" \
    "3000000000000000000\",\"funds\":null,\"stp\":null,\"timeInForce" \
    "\":\"GTC\",\"cancelAfter\":-1,\"postOnly\":false,\"hidden\":fals" \
    "e,\"iceberg\":false,\"visibleSize\":null,\"channel\":\"API\",\"c" \
    "lientOid\":\"grid-stop-01\",\"remark\":\"exit\",\"tags\":null,\"" \
    "relatedNo\":null,\"orderTime\":1795172861318000000,\"domainId\":" \
    "\"kucoin\",\"tradeSource\":\"USER\",\"tradeType\":\"TRADE\",\"fe" \
    "eCurrency\":\"USDT\",\"takerFeeRate\":\"0.00100000000000000000\"" \
    ",\"makerFeeRate\":\"0.00100000000000000000\",\"createdAt\":17951" \
    "72861318,\"stop\":\"loss\",\"stopTriggerTime\":null,\"stopPrice" \
    "\":\"82000.00000000000000000000\",\"limitPrice\":null,\"pop\":nu" \
    "ll,\"activateCondition\":null}]}}"
#define BODY_FILLS \
    "{\"code\":\"200000\",\"data\":{\"items\":[{\"id\":30188011665464" \
    ",\"orderId\":\"674d2e1b9a07c6000700000c\",\"counterOrderId\":\"6" \
    "74d2e1b135f9e000700000c\",\"tradeId\":14229373945659260,\"symbol" \
    "\":\"BTC-USDT\",\"side\":\"sell\",\"liquidity\":\"maker\",\"type" \
    "\":\"limit\",\"forceTaker\":false,\"price\":\"84900\",\"size\":" \
    "\"0.005\",\"funds\":\"424.5\",\"fee\":\"0.4245\",\"feeRate\":\"0" \
    ".001\",\"feeCurrency\":\"USDT\",\"stop\":\"\",\"tradeType\":\"TR" \
    "ADE\",\"taxRate\":\"0\",\"tax\":\"0\",\"createdAt\":179517126131" \
    "8},{\"id\":30188011665473,\"orderId\":\"674d2e1b9a07c60007000009" \
    "\",\"counterOrderId\":\"674d2e1b135f9e0007000009\",\"tradeId\":1" \
    "4229373945659293,\"symbol\":\"BTC-USDT\",\"side\":\"buy\",\"liqu" \
    "idity\":\"maker\",\"type\":\"limit\",\"forceTaker\":false,\"pric" \
    "e\":\"83900\",\"size\":\"0.01\",\"funds\":\"839\",\"fee\":\"0.83" \
    "9\",\"feeRate\":\"0.001\",\"feeCurrency\":\"USDT\",\"stop\":\"\"" \
    ",\"tradeType\":\"TRADE\",\"taxRate\":\"0\",\"tax\":\"0\",\"creat" \
    "edAt\":1795090061318}],\"lastId\":30188011665473}}"
#define BODY_FILLS_NONE \
    "{\"code\":\"200000\",\"data\":{\"items\":[],\"lastId\":0}}"
#define BODY_KEY_GENERAL \
    "{\"code\":\"200000\",\"data\":{\"remark\":\"regime-monitor\",\"a" \
    "piKey\":\"67f0a1b2c3d4e5000123abcd\",\"apiVersion\":3,\"permissi" \
    "on\":\"General\",\"ipWhitelist\":\"203.**.113.7\",\"createdAt\":" \
    "1775001122000,\"uid\":228800119,\"isMaster\":true}}"
#define BODY_KEY_POWERFUL \
    "{\"code\":\"200000\",\"data\":{\"remark\":\"old bot key\",\"apiK" \
    "ey\":\"67f0a1b2c3d4e5000123abce\",\"apiVersion\":3,\"permission" \
    "\":\"General,Spot,Futures,InnerTransfer,Transfer\",\"createdAt\"" \
    ":1775001122000,\"uid\":228800119,\"isMaster\":true}}"
#define BODY_SUB_LIST \
    "{\"code\":\"200000\",\"data\":{\"currentPage\":1,\"pageSize\":10" \
    ",\"totalNum\":2,\"totalPage\":1,\"items\":[{\"userId\":\"66b0c09" \
    "05fc1480001c1aaaa\",\"uid\":229900010,\"subName\":\"gridrobot1\"" \
    ",\"status\":2,\"type\":1,\"access\":\"All\",\"createdAt\":176200" \
    "0000000,\"remarks\":null,\"tradeTypes\":[\"Spot\"],\"openedTrade" \
    "Types\":[\"Spot\"],\"hostedStatus\":null},{\"userId\":\"66b0c090" \
    "5fc1480001c1aaab\",\"uid\":229900011,\"subName\":\"normalsub\"," \
    "\"status\":2,\"type\":0,\"access\":\"All\",\"createdAt\":1762000" \
    "000001,\"remarks\":\"x\",\"tradeTypes\":[\"Spot\",\"Futures\"]," \
    "\"openedTradeTypes\":[\"Spot\"],\"hostedStatus\":null}]}}"
#define BODY_SUB_BALANCES \
    "{\"code\":\"200000\",\"data\":{\"subUserId\":\"66b0c0905fc148000" \
    "1c1aaaa\",\"subName\":\"gridrobot1\",\"mainAccounts\":[],\"trade" \
    "Accounts\":[{\"currency\":\"USDT\",\"balance\":\"611.20934\",\"a" \
    "vailable\":\"40.1\",\"holds\":\"571.10934\",\"baseCurrency\":\"U" \
    "SDT\",\"baseCurrencyPrice\":\"1\",\"baseAmount\":\"611.20934\"," \
    "\"tag\":\"DEFAULT\"},{\"currency\":\"BTC\",\"balance\":\"0.0091" \
    "\",\"available\":\"0\",\"holds\":\"0.0091\",\"baseCurrency\":\"U" \
    "SDT\",\"baseCurrencyPrice\":\"84212.3\",\"baseAmount\":\"766.331" \
    "93\",\"tag\":\"DEFAULT\"}],\"marginAccounts\":[],\"tradeHFAccoun" \
    "ts\":[]}}"
#define BODY_BOOK \
    "{\"code\":\"200000\",\"data\":{\"time\":1795176461260,\"sequence" \
    "\":\"20987734455\",\"bids\":[[\"84212.2\",\"0.51433271\"],[\"842" \
    "11.9\",\"0.02\"],[\"84210\",\"1.1\"],[\"84208.7\",\"0.00011873\"" \
    "]],\"asks\":[[\"84212.3\",\"0.88201\"],[\"84213\",\"0.0119\"],[" \
    "\"84214.4\",\"0.34\"],[\"84215.1\",\"2.00001\"]]}}"
#define BODY_IP \
    "{\"code\":\"400006\",\"msg\":\"Invalid request IP, the current c" \
    "lient IP is: 198.51.100.23\"}"
#define BODY_PERMISSION \
    "{\"code\":\"400007\",\"msg\":\"Access denied, require more permi" \
    "ssion.\"}"
#define BODY_CLOCK \
    "{\"code\":\"400002\",\"msg\":\"Invalid KC-API-TIMESTAMP\"}"
// clang-format on

#endif
