"""From answers to a state that holds."""

STATES = ("UNKNOWN", "NORMAL", "WARNING", "LATEST_ACCEPTABLE_EXIT",
          "MANDATORY_EXIT")
RANK = {name: rank for rank, name in enumerate(STATES)}


class Machine:
    def __init__(self, release=2):
        self.release = release  # 1h closes without any M
        self.held, self.clear = False, 0
        self.state = self.known = "UNKNOWN"
        self.since = self.blind_since = self.episode = None

    def step(self, v, raising, mandatory, hour):
        """`raising` are the states that the answers call for, `mandatory` the
        answers of the M rows, `hour`: a 1h bar closed in this slot. Uses
        `v.data_known` and writes the rest of the verdict."""
        worst = max((RANK[state] for state in raising), default=0)
        self._hold(mandatory, hour)
        if self.held:
            worst = RANK["MANDATORY_EXIT"]
        if worst == 0 and v.data_known:
            worst = RANK["NORMAL"]
        v.state, v.previous = STATES[worst], self.state
        v.held = v.state == "MANDATORY_EXIT" and "yes" not in mandatory
        self._remember(v)

    def look(self, at):
        """A stop that was touched between two slots."""
        self.held, self.clear = True, 0
        if self.known != "MANDATORY_EXIT":
            self.since = at
        self.state = self.known = "MANDATORY_EXIT"
        self.blind_since = None

    def _hold(self, mandatory, hour):
        """MANDATORY lasts until two 1h closes without any M."""
        if "yes" in mandatory:
            self.held, self.clear = True, 0
        elif self.held and "unknown" not in mandatory and hour:
            self.clear += 1
            if self.clear >= self.release:
                self.held, self.clear = False, 0

    def _remember(self, v):
        if v.state == "UNKNOWN":
            self.blind_since = self.blind_since or v.time
        else:
            self.blind_since = None
            if v.state != self.known:
                self.since = v.time
            if v.state == "NORMAL":
                self.episode = None
            else:
                self.episode = self.episode or v.time
            self.known = v.state
        self.state, v.known = v.state, self.known
        v.since = self.blind_since or self.since
        v.episode = self.episode
