#include "sim/fault_reply.h"

#include <stddef.h>

#include "base/array.h"

#define ANY_STATUS 0

// clang-format off
static const struct {
    enum sim_side side;
    int status; /* ANY_STATUS: for the rest of its side */
    const char *body;
} bodies[] = {
    { SIM_SIDE_KUCOIN, 429, "{\"code\":\"429000\",\"msg\":\"Too Many Requests\"}" },
    { SIM_SIDE_KUCOIN, 500, "{\"code\":\"500000\",\"msg\":\"Internal Server Error\"}" },
    { SIM_SIDE_KUCOIN, 502, "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>" },
    { SIM_SIDE_KUCOIN, 503, "{\"code\":\"503000\",\"msg\":\"Service Unavailable\"}" },
    { SIM_SIDE_KUCOIN, ANY_STATUS, "{\"code\":\"230005\",\"msg\":\"The system is busy, please try again later\"}" },
    { SIM_SIDE_PUSHOVER, 429, "{\"token\":\"invalid\",\"errors\":[\"application has exceeded current limit of 10000 messages\"],\"status\":0,\"request\":\"00000000-7c11-4b0e-9a52-000000000000\"}" },
    { SIM_SIDE_PUSHOVER, 502, "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>" },
    { SIM_SIDE_PUSHOVER, ANY_STATUS, "{\"status\":0,\"errors\":[\"internal server error, please retry later\"],\"request\":\"00000000-7c11-4b0e-9a52-000000000000\"}" },
};
// clang-format on

static const char *usual_body(enum sim_side side, int status)
{
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
        if (bodies[i].side == side &&
            (bodies[i].status == status || bodies[i].status == ANY_STATUS))
            return bodies[i].body;
    return "";
}

void sim_fault_reply(const struct sim_fault *f, enum sim_side side,
                     struct sim_reply *reply)
{
    int status = f->status ? (int)f->status : 200;
    const char *body = f->body ? f->body : usual_body(side, status);

    sim_reply_text(reply, status, body);
    reply->close = f->close;
    if (body[0] == '<')
        reply->content_type = "text/html";
}
