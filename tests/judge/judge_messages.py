"""What was decided, what was sent, what arrived: each exactly once."""

from case import differences
from repository import rfc3339, seconds


def judge_messages(case):
    _judge_transitions(case)
    _judge_intents(case)
    _judge_deliveries(case)
    if case.options.received:
        _judge_received(case)
    state = case.repository.document(f"state/{case.options.grid}.yaml")
    case.every("outbox", state["open_intents"], "no intent is left open")


def _judge_transitions(case):
    got = [(event["slot"], event["from"], event["to"],
            sorted(event["reasons"])) for event in case.transitions]
    expected = [(rfc3339(v.time), v.previous, v.state,
                 sorted(n for n, a in v.answers.items() if a == "yes"))
                for v in case.changes]
    case.every("transitions", differences(got, expected),
               f"{len(expected)} changes of state")


def _judge_intents(case):
    got = [(event["slot"], event["reason"], event["state"],
            event["priority"]) for event in case.intents]
    expected = [(rfc3339(v.time), reason, v.state, priority)
                for v, reason, priority in case.alarms]
    reasons = ", ".join(reason for _, reason, _, _ in expected)
    case.every("intents", differences(got, expected),
               f"{len(expected)} decided: {reasons}")
    ids = [event["id"] for event in case.intents]
    case.check("intent-ids", len(set(ids)) == len(ids),
               f"{len(set(ids))} different")


def _judge_deliveries(case):
    wrong = []
    for intent in case.intents:
        outcomes = [event["outcome"] for event in case.deliveries
                    if event["intent"] == intent["id"]]
        if outcomes not in (["accepted"], ["accepted", "cancelled"]):
            wrong.append(f"{intent['id']}: {outcomes}")
    known = {intent["id"] for intent in case.intents}
    wrong += [f"{event['intent']} was never decided"
              for event in case.deliveries if event["intent"] not in known]
    case.every("deliveries", wrong, f"{len(case.deliveries)} accepted")


def _judge_received(case):
    arrived = [message for message in case.messages
               if message["status"] == 200]
    wrong, by_look = [], {look.event["intent"]: look.at
                          for look in case.all_looks()}
    if len(arrived) != len(case.intents):
        wrong.append(f"{len(arrived)} arrived, {len(case.intents)} decided")
    for message, intent in zip(arrived, case.intents):
        wrong += [f"{intent['id']}: {complaint}"
                  for complaint in _unlike(message, intent, by_look)]
    refused = len(case.messages) - len(arrived)
    case.every("received", wrong, f"{len(arrived)} messages, each once, in "
               f"order, as decided; {refused} not taken")


def _unlike(message, intent, by_look):
    """How a message differs from what was decided."""
    fields = message["fields"]
    when = by_look.get(intent["id"], seconds(intent["slot"]))
    expected = {"title": intent["title"], "priority": str(intent["priority"]),
                "timestamp": str(int(when))}
    if intent["priority"] == 2:
        expected["retry"] = str(intent["retry_s"])
        expected["expire"] = str(intent["expire_s"])
        expected["tags"] = intent["tag"]
    wrong = [f"{name} '{fields.get(name)}', not '{value}'"
             for name, value in expected.items() if fields.get(name) != value]
    if intent["body"].strip() not in fields.get("message", ""):
        wrong.append("another body")
    if (message["method"], message["path"]) != ("POST", "/1/messages.json"):
        wrong.append(f"{message['method']} {message['path']}")
    return wrong
