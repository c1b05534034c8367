/* Bodies of KuCoin's replies as they are on the wire; the values are invented.
 */
#ifndef EXCHANGE_KUCOIN_BODIES_H
#define EXCHANGE_KUCOIN_BODIES_H

// clang-format off
#define BODY_TIMESTAMP \
    "{\"code\":\"200000\",\"data\":1795176461318}"
#define BODY_STATUS_OPEN \
    "{\"code\":\"200000\",\"data\":{\"status\":\"open\",\"msg\":\"\"}}"
#define BODY_STATUS_CLOSE \
    "{\"code\":\"200000\",\"data\":{\"status\":\"close\",\"msg\":\"upg" \
    "rade match engine\"}}"
#define BODY_STATUS_CANCELONLY \
    "{\"code\":\"200000\",\"data\":{\"status\":\"cancelonly\",\"msg\"" \
    ":\"upgrade match engine\"}}"
#define BODY_SYMBOL_V2_ONE \
    "{\"code\":\"200000\",\"data\":{\"symbol\":\"BTC-USDT\",\"name\":" \
    "\"BTC-USDT\",\"baseCurrency\":\"BTC\",\"quoteCurrency\":\"USD" \
    "T\",\"feeCurrency\":\"USDT\",\"market\":\"USDS\",\"baseMinSize" \
    "\":\"0.00001\",\"quoteMinSize\":\"0.1\",\"baseMaxSize\":\"1000" \
    "0000000\",\"quoteMaxSize\":\"99999999\",\"baseIncrement\":\"" \
    "0.00000001\",\"quoteIncrement\":\"0.000001\",\"priceIncrem" \
    "ent\":\"0.1\",\"priceLimitRate\":\"0.1\",\"minFunds\":\"0.1\",\"" \
    "isMarginEnabled\":true,\"enableTrading\":true,\"feeCateg" \
    "ory\":1,\"makerFeeCoefficient\":\"1.00\",\"takerFeeCoeffic" \
    "ient\":\"1.00\",\"st\":false,\"callauctionIsEnabled\":false" \
    ",\"callauctionPriceFloor\":null,\"callauctionPriceCeili" \
    "ng\":null,\"callauctionFirstStageStartTime\":null,\"call" \
    "auctionSecondStageStartTime\":null,\"callauctionThirdS" \
    "tageStartTime\":null,\"tradingStartTime\":null}}"
#define BODY_TICKER_LEVEL1 \
    "{\"code\":\"200000\",\"data\":{\"time\":1795176461206,\"seque" \
    "nce\":\"20987734411\",\"price\":\"84212.3\",\"size\":\"0.00214" \
    "\",\"bestBid\":\"84212.2\",\"bestBidSize\":\"0.51433271\",\"be" \
    "stAsk\":\"84212.3\",\"bestAskSize\":\"0.88201\"}}"
#define BODY_TICKER_LEVEL1_NULL \
    "{\"code\":\"200000\",\"data\":null}"
#define BODY_CANDLES_15MIN \
    "{\"code\":\"200000\",\"data\":[[\"1795176000\",\"84498.2\",\"84" \
    "212.3\",\"84647.5\",\"84212.3\",\"6.20118744\",\"522345.2417" \
    "52264\"],[\"1795175100\",\"84605.2\",\"84498.2\",\"84638.8\"," \
    "\"84477.6\",\"18.5967182\",\"1572384.13823094\"],[\"1795174" \
    "200\",\"84680.7\",\"84605.2\",\"84704.7\",\"84544.9\",\"31.712" \
    "74807\",\"2684260.549251606\"],[\"1795173300\",\"84591.6\"," \
    "\"84680.7\",\"84722.4\",\"84530.5\",\"14.64817494\",\"1239737" \
    ".299915695\"],[\"1795172400\",\"84533.4\",\"84587.8\",\"8461" \
    "9.2\",\"84485.8\",\"14.06503787\",\"1189348.041309922\"],[\"" \
    "1795171500\",\"84467\",\"84533.4\",\"84567.1\",\"84337.7\",\"8" \
    ".79912001\",\"743527.400669002\"],[\"1795170600\",\"84377." \
    "1\",\"84467\",\"84601.6\",\"84271.3\",\"7.95516508\",\"671591." \
    "344142014\"],[\"1795169700\",\"84530.5\",\"84377.1\",\"84559" \
    "\",\"84364.4\",\"8.1454381\",\"687913.20020978\"]]}"
#define BODY_CANDLES_15MIN_CLOSED_ONLY \
    "{\"code\":\"200000\",\"data\":[[\"1795175100\",\"84605.2\",\"84" \
    "498.2\",\"84638.8\",\"84477.6\",\"18.5967182\",\"1572384.138" \
    "23094\"],[\"1795174200\",\"84680.7\",\"84605.2\",\"84704.7\"," \
    "\"84544.9\",\"31.71274807\",\"2684260.549251606\"],[\"17951" \
    "73300\",\"84591.6\",\"84680.7\",\"84722.4\",\"84530.5\",\"14.6" \
    "4817494\",\"1239737.299915695\"],[\"1795172400\",\"84533.4" \
    "\",\"84587.8\",\"84619.2\",\"84485.8\",\"14.06503787\",\"11893" \
    "48.041309922\"],[\"1795171500\",\"84467\",\"84533.4\",\"8456" \
    "7.1\",\"84337.7\",\"8.79912001\",\"743527.400669002\"],[\"17" \
    "95170600\",\"84377.1\",\"84467\",\"84601.6\",\"84271.3\",\"7.9" \
    "5516508\",\"671591.344142014\"],[\"1795169700\",\"84530.5\"" \
    ",\"84377.1\",\"84559\",\"84364.4\",\"8.1454381\",\"687913.200" \
    "20978\"]]}"
#define BODY_CANDLES_EMPTY \
    "{\"code\":\"200000\",\"data\":[]}"
#define BODY_BAD_GATEWAY \
    "<html><head><title>502 Bad Gateway</title></head><bo" \
    "dy><h1>502 Bad Gateway</h1></body></html>"
#define BODY_CLOUDFLARE_1015 \
    "<!DOCTYPE html>\n<html><head><title>Access denied | a" \
    "pi.kucoin.com used Cloudflare to restrict access</ti" \
    "tle></head><body><h1>Error 1015</h1><p>You are being" \
    " rate limited</p></body></html>"
// clang-format on

#endif
