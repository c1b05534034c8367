# gridwatch - `make help` lists the words. One file, read from top to bottom.
#
#   VARIANT=release|debug|san|cov|fuzz  objects live in build/VARIANT: they coexist
#   DEVELOPER=1                    a warning is an error (CI sets it)
#   V=1                            show the commands
VARIANT ?= release
BUILD   := build/$(VARIANT)
PREFIX  ?= /usr/local
Q       := $(if $(V),,@)
VERSION := $(shell cat VERSION)
REVISION := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)

VARIANTS := release debug san cov fuzz
ifeq ($(filter $(VARIANT),$(VARIANTS)),)
$(error VARIANT is '$(VARIANT)', but must be one of: $(VARIANTS))
endif

# The architecture: who may include whom stands in tests/lint/layers.txt.
PURE := base cron watch market metrics regime position exit gate engine alert hindsight backtest
EDGE := sys net config exchange record store notify outside picture expose
APP  := replay run watchdog doctor cli
SIM  := sim
TOOL := tools

# Kept apart by hand: each flag that is not self-evident says why it is here.
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
        -Wmissing-prototypes -Wcast-qual -Wformat=2 -Wvla -Wwrite-strings \
        -Wundef -Wdouble-promotion -Wpointer-arith -Wswitch-enum
# No contraction: a*b+c rounds twice everywhere, so goldens hold across machines.
NUMERIC := -ffp-contract=off -fno-fast-math

# Some compilers come with a _FORTIFY_SOURCE of their own: ours replaces it.
opt-release := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
opt-debug   := -O0 -g3 -DFAULT_POINTS
opt-san     := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
               -fno-omit-frame-pointer -DFAULT_POINTS
# Threads of one program count together: without atomic counts, some go astray,
# and gcovr stops at a branch that was taken -8 times.
opt-cov     := -O0 -g --coverage -fprofile-update=atomic -DFAULT_POINTS
# clang's alone; what is linked with libFuzzer gets its main() from there.
opt-fuzz    := -O1 -g -fsanitize=address,undefined,fuzzer-no-link \
               -fno-sanitize-recover=all -fno-omit-frame-pointer

PKGS     := libcurl libgit2 zlib yaml-0.1 libcjson openssl cairo libmicrohttpd \
            libzstd
PKGS_SIM := libmicrohttpd libcjson libzstd yaml-0.1 openssl
LIBS     = $(shell pkg-config --libs $(PKGS)) -lm
LIBS_SIM = $(shell pkg-config --libs $(PKGS_SIM)) -lm -lpthread

# CPPFLAGS, CFLAGS and LDFLAGS are the user's; they come last and win.
COMPILE = $(CC) -Isrc -Itests/unit -D_DEFAULT_SOURCE \
           -D_POSIX_C_SOURCE=200809L $(CPPFLAGS) -std=c11 $(WARN) $(NUMERIC) \
           $(opt-$(VARIANT)) $(if $(DEVELOPER),-Werror) $(CFLAGS)
LINK    := $(CC) $(opt-$(VARIANT)) $(CFLAGS) $(LDFLAGS)

objs  = $(patsubst %.c,$(BUILD)/%.o,$(foreach d,$(1),$(sort $(wildcard $(d)/*.c))))
src   = $(addprefix src/,$(1))
tests = $(addprefix tests/unit/,$(1))

PURE_OBJS  := $(call objs,$(call src,$(PURE)))
EDGE_OBJS  := $(call objs,$(call src,$(EDGE)))
APP_OBJS   := $(call objs,$(call src,$(APP)))
SIM_OBJS   := $(call objs,$(call src,$(SIM)))
TOOLS      := $(BUILD)/null_tables $(BUILD)/metric_dump $(BUILD)/bench \
              $(BUILD)/study_regime $(BUILD)/study_pi \
              $(BUILD)/study_pi_fit $(BUILD)/study_exits \
              $(BUILD)/make_record \
              $(BUILD)/store_bench $(BUILD)/check_money \
              $(BUILD)/doc_pages $(BUILD)/fuzz_replay
STUDY_OBJS := $(patsubst %,$(BUILD)/tools/study_%.o,around bars doc feed fit grids \
                  har learned pair stats tables trial try)
MAINS      := $(BUILD)/src/cli/main.o $(BUILD)/src/sim/main.o
PURE_TESTS := $(call objs,$(call tests,$(PURE)))
EDGE_TESTS := $(call objs,$(call tests,$(EDGE) $(APP) $(SIM) $(TOOL)))
PROGRAMS   := $(BUILD)/gridwatch $(BUILD)/gridwatch-sim
UNIT       := $(BUILD)/pure_tests $(BUILD)/edge_tests

MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.PHONY: all compile killable check check-unit check-e2e check-record check-long \
        check-oracles check-money check-clients check-faults check-ops check-k8s check-image fuzz lint cov bench demo \
        demo-real null-tables \
        study-regime study-pi study-pi-fit study-exits study-alerts \
        study-trials study-folds docs \
        install clean help FORCE
.DEFAULT_GOAL := all

all: $(PROGRAMS) ## build both programs
	@echo "built $(BUILD)/gridwatch and gridwatch-sim; 'make check' tests them"

compile: $(PROGRAMS) $(UNIT) $(TOOLS) ## build all of it, run nothing

$(BUILD)/gridwatch: $(APP_OBJS) $(EDGE_OBJS) $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS)

$(BUILD)/gridwatch-sim: $(SIM_OBJS) $(call objs,src/sys) $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS_SIM)

$(BUILD)/libpure.a: $(PURE_OBJS)
	$(call say,AR) rm -f $@; $(AR) rcs $@ $(filter %.o,$^)

# Not installed and not run by any test: it makes files that are committed.
$(BUILD)/null_tables: $(BUILD)/tools/null_tables.o \
                      $(BUILD)/src/sys/xmalloc.o $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) -lm

$(BUILD)/metric_dump: $(BUILD)/tests/oracles/metric_dump.o $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) -lm

# Its files include each other as "tools/...".
BENCH_OBJS := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tools/bench*.c)))
$(BENCH_OBJS): COMPILE += -I.
$(BUILD)/bench: $(BENCH_OBJS) $(BUILD)/src/sys/xmalloc.o $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) -lm

# What the data repository costs; bench_report.c is the bench's.
$(BUILD)/tools/store_bench.o: COMPILE += -I.
$(BUILD)/store_bench: $(BUILD)/tools/store_bench.o \
                      $(BUILD)/tools/bench_report.o \
                      $(BUILD)/tools/bench_made.o $(call objs,src/store) \
                      $(call objs,src/sys) $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS)

# Tables in pages of docs/; unit tests hold the pages to them.
$(BUILD)/tools/doc_tables.o $(BUILD)/tools/doc_pages.o: COMPILE += -I.
$(BUILD)/doc_pages: $(BUILD)/tools/doc_pages.o \
                     $(BUILD)/tools/doc_tables.o \
                     $(BUILD)/src/expose/family.o $(call objs,src/sys) \
                     $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) \
	    $(shell pkg-config --libs yaml-0.1 libzstd) -lm

$(BUILD)/tools/study_%.o $(BUILD)/tests/unit/tools/%.o: COMPILE += -I.
$(BUILD)/study_regime $(BUILD)/study_pi $(BUILD)/study_pi_fit: \
                      $(BUILD)/%: $(BUILD)/tools/%.o \
                      $(STUDY_OBJS) $(filter-out $(MAINS),$(SIM_OBJS)) \
                      $(call objs,src/sys) $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS_SIM)

# Policies on recorded grids: what the engine says, so it has the configuration.
EXITS_OBJS := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tools/exits_*.c)))
$(EXITS_OBJS): COMPILE += -I.
$(BUILD)/study_exits: $(BUILD)/tools/study_exits.o $(EXITS_OBJS) \
                      $(STUDY_OBJS) $(call objs,src/config) \
                      $(filter-out $(MAINS),$(SIM_OBJS)) \
                      $(call objs,src/sys) $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS_SIM)

# Money held to the simulator's own books; its tables are a study's.
MONEY_OBJS := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tools/money_*.c)))
$(MONEY_OBJS) $(BUILD)/tools/check_money.o: COMPILE += -I.
$(BUILD)/check_money: $(BUILD)/tools/check_money.o $(MONEY_OBJS) \
                      $(STUDY_OBJS) $(filter-out $(MAINS),$(SIM_OBJS)) \
                      $(call objs,src/sys) $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS_SIM)

# A year of runs without an exchange: the job's own code, so it links all of it.
MAKER_OBJS := $(BUILD)/tools/make_record.o $(BUILD)/tools/made_world.o \
              $(BUILD)/tools/made_operator.o
$(MAKER_OBJS): COMPILE += -I.
$(BUILD)/make_record: $(MAKER_OBJS) $(filter-out $(MAINS) $(BUILD)/src/cli/%, \
                      $(APP_OBJS)) $(filter-out $(MAINS),$(SIM_OBJS)) \
                      $(EDGE_OBJS) $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS) $(LIBS_SIM)

# The pure tests link libm and CUnit and nothing else: I/O in the core cannot link.
$(BUILD)/pure_tests: $(PURE_TESTS) $(BUILD)/tests/unit/test.o \
                     $(BUILD)/pure_suites.o $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) -lcunit -lm

$(BUILD)/edge_tests: $(EDGE_TESTS) $(BUILD)/tests/unit/test.o \
                     $(BUILD)/edge_suites.o $(filter-out $(MAINS), \
                     $(APP_OBJS) $(EDGE_OBJS) $(SIM_OBJS)) $(STUDY_OBJS) \
                     $(EXITS_OBJS) \
                     $(BUILD)/tools/doc_tables.o $(BUILD)/libpure.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) -lcunit $(LIBS) $(LIBS_SIM)

# What is fed with bytes that nobody meant; the corpus is fed in `check`.
FUZZ_OBJS := $(call objs,tests/fuzz)
$(FUZZ_OBJS): COMPILE += -Itests/fuzz
FUZZED     = $(filter-out $(MAINS) %/fuzz_main.o %/fuzz_replay.o, \
                 $(FUZZ_OBJS) $(EDGE_OBJS)) $(BUILD)/libpure.a
$(BUILD)/fuzz_replay: $(BUILD)/tests/fuzz/fuzz_replay.o $(FUZZED)
	$(call say,LD) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS)

$(BUILD)/fuzz: $(BUILD)/tests/fuzz/fuzz_main.o $(FUZZED)
	$(call say,LD) $(LINK) -fsanitize=fuzzer -o $@ $(filter %.o %.a,$^) $(LIBS)

# Nobody waits for a test's own code to run, but for it to be compiled: a third
# of what the release takes.
$(BUILD)/tests/unit/%.o: opt-release := -O0 -g

$(BUILD)/%.o: %.c $(BUILD)/flags
	$(call say,CC) $(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/%_suites.o: $(BUILD)/%_suites.c $(BUILD)/flags
	$(call say,CC) $(COMPILE) -MMD -MP -c -o $@ $<

say = $(Q)mkdir -p $(@D); echo "  $(1)   $(if $(filter CC,$(1)),$<,$@)";

# A test file is a suite: FOO_test.c defines `void FOO_test(void)`. Its row in
# the list of suites is written here, so that none can be forgotten. The other
# files of a test folder are helpers.
suites = $(sort $(filter %_test,$(basename $(notdir $(1)))))
$(BUILD)/pure_suites.c: FORCE
	$(Q)tests/unit/suites.sh $(call suites,$(PURE_TESTS)) | $(when_new)
$(BUILD)/edge_suites.c: FORCE
	$(Q)tests/unit/suites.sh $(call suites,$(EDGE_TESTS)) | $(when_new)

# Other flags, other objects. Another list of objects, another link.
$(BUILD)/flags: export TEXT := $(COMPILE)
$(BUILD)/objects: export TEXT := $(LINK) $(PURE_OBJS) $(EDGE_OBJS) \
                                 $(APP_OBJS) $(SIM_OBJS)
$(BUILD)/revision: export TEXT := $(VERSION) $(REVISION)
$(BUILD)/flags $(BUILD)/objects $(BUILD)/revision: FORCE
	$(Q)printf '%s\n' "$$TEXT" | $(when_new)

# Keeps the old file, and its age, when the new text is the same.
when_new = { mkdir -p $(@D); cat > $@.new; \
             if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi; }

$(PROGRAMS) $(UNIT) $(TOOLS) $(BUILD)/libpure.a: $(BUILD)/objects

$(BUILD)/src/cli/version.o: $(BUILD)/revision
$(BUILD)/src/cli/version.o: COMPILE += -DGRIDWATCH_VERSION='"$(VERSION)"' \
                                       -DGRIDWATCH_REVISION='"$(REVISION)"'

# Programs that can be killed at a named point; debug, san and cov have them
# anyway.
FAULTY ?= $(if $(filter debug san cov,$(VARIANT)),$(BUILD),$(BUILD)/faulty)
faulty  = $(if $(filter-out $(BUILD),$(FAULTY)),$(MAKE) --no-print-directory \
              VARIANT=debug BUILD=$(FAULTY) all > $(BUILD)/faulty.log || \
              { cat $(BUILD)/faulty.log; exit 1; })
killable: all ## programs that end at a named point when told to
	+$(Q)$(faulty)

# All tests run even when one fails, two more at a time than there are processors
# (AT_A_TIME), as most of them wait; no more than these where sanitizers slow
# them down. Those that take longest begin first, also one that mostly waits for
# the clock. tests/e2e/*.sh and tests/long/*.sh get BUILD; each writes its counts
# with `tests/tally.sh add $BUILD/tally/NAME ...`. A script that is not executable
# is a helper of the others.
TALLY    := $(BUILD)/tally
AT_A_TIME ?= $(if $(filter san cov,$(VARIANT)),$(shell nproc),$(shell expr $$(nproc) + 2))
LONGEST  := backtest schema_agrees look faults judge_red
ordered   = $(filter $(LONGEST:%=tests/e2e/%.sh),$(1)) \
            $(filter-out $(LONGEST:%=tests/e2e/%.sh),$(1))
E2E      := $(call ordered,$(wildcard tests/e2e/*.sh))
run_tests = printf '%s\n' $(1) | xargs -P $(AT_A_TIME) -I '{}' sh -c \
                'name=$$(basename {} .sh); [ ! -x {} ] || \
                case {} in \
                *.sh) BUILD=$(BUILD) FAULTY=$(FAULTY) \
                    tests/tally.sh run $(TALLY) $$name {} ;; \
                *) tests/tally.sh run $(TALLY) $$name {} $(TALLY)/$$name ;; \
                esac';
E2E_NEEDS := killable \
             $(addprefix $(BUILD)/,bench store_bench check_money fuzz_replay)
begin     = $(Q)tests/tally.sh clear $(TALLY);
end       = tests/tally.sh sum $(TALLY)

check: $(UNIT) $(E2E_NEEDS) ## every test; ends with 'N passed, N failed'
	$(begin) $(call run_tests,$(UNIT) $(E2E)) $(end)

check-unit: $(UNIT) ## the unit tests only
	$(begin) $(call run_tests,$(UNIT)) $(end)

check-e2e: $(E2E_NEEDS) ## the end-to-end tests only
	$(begin) $(call run_tests,$(E2E)) $(end)

check-record: killable $(BUILD)/make_record ## the data repository: races, kills, broken disks; RECORD_SIZE=small ONLY=NAME
	$(Q)BUILD=$(BUILD) FAULTY=$(FAULTY) tests/record/run.sh $(ONLY)

check-faults: all killable ## every fault of the simulator and every kill at every step of a run; FAULTS_SIZE=small
	$(begin) BUILD=$(BUILD) TEST_SECONDS=7200 \
	    tests/tally.sh run $(TALLY) faults tests/faults/run.sh; \
	    BUILD=$(BUILD) tests/tally.sh run $(TALLY) faults_red \
	        tests/faults/red.sh; $(end)
	$(Q)BUILD=$(BUILD) FAULTY=$(FAULTY) tests/record/run.sh kills

check-ops: all $(UNIT) ## what operations promise: daemon, health, doctor, watchdog, alert rules, dashboard, runbook
	$(Q)BUILD=$(BUILD) tests/ops.sh

check-clients: all ## clients of others (npm ccxt, KuCoin's SDK) at the simulator
	$(begin) BUILD=$(BUILD) tests/tally.sh run $(TALLY) clients \
	    tests/clients/check.sh; $(end)

# FUZZ=NAME feeds one target alone.
fuzz: ## libFuzzer at every reader, SECONDS=600 each; needs clang
	+$(Q)$(MAKE) --no-print-directory CC=clang VARIANT=fuzz build/fuzz/fuzz
	$(Q)SECONDS_EACH=$(or $(SECONDS),600) tests/fuzz/run.sh $(FUZZ)

VALGRIND := valgrind -q --error-exitcode=9 --leak-check=full
check-long: $(UNIT) $(E2E_NEEDS) ## check, then tests/long and the unit tests in valgrind
	$(begin) $(call run_tests,$(UNIT) $(E2E)) \
	    $(call run_tests,$(wildcard tests/long/*.sh)) \
	    $(foreach p,$(UNIT),TEST_SECONDS=3600 tests/tally.sh run $(TALLY) \
	        valgrind-$(notdir $(p)) $(VALGRIND) $(p) \
	        $(TALLY)/valgrind-$(notdir $(p));) $(end)

# No part of check: needs node and npm's network, python and its packages.
check-oracles: $(BUILD)/metric_dump $(BUILD)/gridwatch-sim ## metrics against TA-Lib and others
	$(Q)BUILD=$(BUILD) tests/oracles/check.sh

# No part of check: the schemas come from npm, and kubectl renders.
check-k8s: all ## k8s/: rendered, schemas, our rules, each seen red; 'dev' run here
	$(Q)BUILD=$(BUILD) tests/k8s/check.sh

check-image: all ## the image's root made and run in; built with podman or buildah
	$(Q)BUILD=$(BUILD) tests/k8s/image.sh

lint: ## layers, purity, banned names, headers alone, sizes, format, hygiene
	$(Q)tests/lint/lint.sh

docs: all $(BUILD)/doc_pages ## generated pages and manifests anew
	$(Q)$(BUILD)/doc_pages
	$(Q)scripts/prometheus_rule.sh > $(BUILD)/prometheusrule.yaml
	$(Q)cp $(BUILD)/prometheusrule.yaml \
	    k8s/overlays/prometheus/prometheusrule.yaml
	$(Q)$(BUILD)/gridwatch config list --markdown > $(BUILD)/config.md
	$(Q)cp $(BUILD)/config.md docs/config.md

null-tables: $(BUILD)/null_tables ## src/metrics/null_data.c anew, takes minutes
	$(Q)$< > $(BUILD)/null_data.c
	$(Q)cp $(BUILD)/null_data.c src/metrics/null_data.c

# 77 without recorded candles; DOC=1 writes the figures into docs/studies.
STUDY_DATA = $(or $(DATA),../shared/data)
study_doc  = $(if $(DOC),--doc docs/studies/$(1).md)
study-regime: $(BUILD)/study_regime ## the regime model held to truth and candles: DATA= DOC=1
	$(Q)$< $(call study_doc,regime) $(sort $(wildcard $(STUDY_DATA)/*-1h*.csv.zst))

study-pi: $(BUILD)/study_pi ## pi held to what became of grids: DATA= DOC=1
	$(Q)$< $(call study_doc,pi) $(sort $(wildcard $(STUDY_DATA)/*-15m*.csv.zst))

# A few minutes. It decides nothing by itself and does not fail; 77 without.
study-pi-fit: $(BUILD)/study_pi_fit ## ways to say pi, learned from the past alone: DATA= DOC=1
	$(Q)$< $(call study_doc,pi-fit) $(sort $(wildcard $(STUDY_DATA)/*-15m*.csv.zst))

# Minutes on two cores. Misses are told, they do not fail; 77 without candles.
study-exits: $(BUILD)/study_exits ## exit rules against baselines, chance and disasters: DATA= DOC=1 ONLY=
	$(Q)$< $(if $(ONLY),--only $(ONLY)) $(call study_doc,exits) $(sort $(wildcard $(STUDY_DATA)/*-15m*.csv.zst))

# Twice thirty days of runs, a few minutes; 77 without the candles.
study-alerts: all $(BUILD)/make_record ## alerts by reason, a calm month and a wild one: DATA= DOC=1
	$(Q)BUILD=$(BUILD) tools/study_alerts.py $(call study_doc,alerts) \
	    $(sort $(wildcard $(STUDY_DATA)/*-15m*.csv.zst))

# Some minutes a try; what the log has is not run again. DELAYS="0m 15m 60m 4h"
study-trials: all ## exit rules tried on recorded grids, into the log: DATA= DELAYS=
	$(Q)BUILD=$(BUILD) tools/study_trials.py --log docs/studies/exit_trials.tsv \
	    --data $(STUDY_DATA) --delay $(or $(DELAYS),60m)

# The same tries, chosen month by month on the past alone; makes those that are
# missing, some minutes each.
study-folds: all ## the choice of exit rules held to months it has not seen: DATA= DOC=1
	$(Q)BUILD=$(BUILD) tools/study_folds.py $(call study_doc,folds) \
	    --log docs/studies/exit_trials.tsv --data $(STUDY_DATA)

# A minute and a half. Without recorded candles that half is skipped aloud.
MONEY_DATA = $(sort $(wildcard $(STUDY_DATA)/*-15m*.csv.zst))
check-money: $(BUILD)/check_money ## 1,000 grids' money held to the simulator's books: N= DATA= DOC=1
	$(Q)$< --grids $(or $(N),1000) --json $(BUILD)/check_money.json \
	    $(if $(DOC),--doc docs/position.md) $(MONEY_DATA)

# Fetches TA-Lib with npm; without npm or a network that is skipped aloud.
bench: export CC := $(CC)
bench: all $(BUILD)/bench $(BUILD)/make_record $(BUILD)/store_bench ## figures and their targets: a table, and bench.json
	$(Q)BUILD=$(BUILD) scripts/bench.sh

# What an earlier run reached does not count. Tests that fail are told, and the
# figures too. `make cov E2E=` is of the unit tests alone.
cov: ## lines that all tests reach, against the aims; needs gcovr; E2E= unit tests
	$(Q)[ ! -d build/cov ] || find build/cov -name '*.gcda' -delete
	+$(Q)$(MAKE) VARIANT=cov check; tests=$$?; BUILD=build/cov \
	    scripts/coverage.sh $(PURE) && exit $$tests

demo: all ## a minute on made-up data: no network, no account
	$(Q)BUILD=$(BUILD) scripts/demo.sh

demo-real: export DATA := $(DATA)
demo-real: export FROM := $(FROM)
demo-real: export TO   := $(TO)
demo-real: export GRID := $(GRID)
demo-real: all ## the same on recorded candles: DATA= FROM= TO= GRID=
	$(Q)BUILD=$(BUILD) scripts/demo-real.sh

install: $(BUILD)/gridwatch ## to PREFIX, below DESTDIR if that is set
	$(Q)install -D -m 755 $< $(DESTDIR)$(PREFIX)/bin/gridwatch
	$(Q)for m in $(wildcard man/*.1); do install -D -m 644 $$m \
	    $(DESTDIR)$(PREFIX)/share/man/man1/$$(basename $$m) || exit 1; done

clean: ## remove build/
	$(Q)rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-13s %s\n",$$1,$$2}' \
	    $(firstword $(MAKEFILE_LIST))

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
