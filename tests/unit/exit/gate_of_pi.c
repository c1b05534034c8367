#include "exit/gate_of_pi.h"

#include "base/array.h"
#include "test.h"

void hold_to_the_gate(struct scene *s, enum trigger_id id)
{
    // clang-format off
    static const struct {
        double pi;
        enum answer want;
    } gates[] = {
        { .05,         ANSWER_NO },  { .369999999, ANSWER_NO },
        { .3699999994, ANSWER_NO },  { .3699999996, ANSWER_YES },
        { .37,         ANSWER_YES }, { .89,        ANSWER_YES },
        { NO_VALUE,    ANSWER_UNKNOWN },
    };
    // clang-format on
    for (size_t i = 0; i < ARRAY_LEN(gates); i++) {
        scene_pi(s, gates[i].pi);
        struct trigger_result r = scene_ask(s, id);
        test_int(r.answer, gates[i].want, TEST_HERE(triggers[id].id));
        test_int(r.gate, gates[i].want, TEST_HERE(triggers[id].id));
        ASSERT_INT(r.evidence != EVIDENCE_NONE, r.answer == ANSWER_YES);
    }
    s->hazard.pi = value_none(VALUE_FLAT);
    test_int(scene_ask(s, id).answer, ANSWER_NO, TEST_HERE("flat"));
    s->config.profile = PROFILE_SEED; /* knows no gate */
    test_int(scene_ask(s, id).answer, ANSWER_YES, TEST_HERE("seed"));
    test_int(scene_ask(s, id).gate, ANSWER_NOT_APPLICABLE, TEST_HERE("seed"));
}
