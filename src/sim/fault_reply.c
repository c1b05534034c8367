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
    { SIM_SIDE_NTFY, 400, "{\"code\":40009,\"http\":400,\"error\":\"invalid request: topic invalid\"}" },
    { SIM_SIDE_NTFY, 401, "{\"code\":40101,\"http\":401,\"error\":\"unauthorized\",\"link\":\"https://ntfy.sh/docs/publish/#authentication\"}" },
    { SIM_SIDE_NTFY, 403, "{\"code\":40301,\"http\":403,\"error\":\"forbidden\",\"link\":\"https://ntfy.sh/docs/publish/#authentication\"}" },
    { SIM_SIDE_NTFY, 429, "{\"code\":42901,\"http\":429,\"error\":\"limit reached: too many requests\",\"link\":\"https://ntfy.sh/docs/publish/#limitations\"}" },
    { SIM_SIDE_NTFY, 500, "{\"code\":50001,\"http\":500,\"error\":\"internal server error\"}" },
    { SIM_SIDE_TELEGRAM, 400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: chat not found\"}" },
    { SIM_SIDE_TELEGRAM, 401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}" },
    { SIM_SIDE_TELEGRAM, 403, "{\"ok\":false,\"error_code\":403,\"description\":\"Forbidden: bot was blocked by the user\"}" },
    { SIM_SIDE_TELEGRAM, 429, "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 15\",\"parameters\":{\"retry_after\":15}}" },
    { SIM_SIDE_TELEGRAM, 500, "{\"ok\":false,\"error_code\":500,\"description\":\"Internal Server Error\"}" },
    { SIM_SIDE_TELEGRAM, 502, "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>" },
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
    reply->close = f->close || f->reset;
    reply->reset = f->reset;
    if (body[0] == '<')
        reply->content_type = "text/html";
}

void sim_fault_spoil(const struct sim_fault *f, struct sim_reply *reply)
{
    if (f->alter != SIM_ALTER_NONE)
        sim_alter(f->alter, &reply->body);
    reply->lost = f->lost;
    reply->cut = f->cut;
    reply->pace_ms = f->pace_ms;
    reply->hang_ms = f->hang_ms;
}
