# gridwatch - `make help` lists the words. One file, read from top to bottom.
#
#   VARIANT=release|debug|san   objects live in build/VARIANT, so they coexist
#   DEVELOPER=1                 a warning is an error (CI sets it)
#   V=1                         show the commands
VARIANT ?= release
BUILD   := build/$(VARIANT)
Q       := $(if $(V),,@)
VERSION := $(shell cat VERSION)
REVISION := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)

# The architecture: who may include whom stands in tests/lint/layers.txt.
PURE := base market metrics regime position exit engine alert
EDGE := sys net config exchange record store notify
APP  := cli
SIM  := sim

# Kept apart by hand: each flag that is not self-evident says why it is here.
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
        -Wmissing-prototypes -Wcast-qual -Wformat=2 -Wvla -Wwrite-strings \
        -Wundef -Wdouble-promotion -Wpointer-arith -Wswitch-enum
# No contraction: a*b+c rounds twice everywhere, so goldens hold across machines.
NUMERIC := -ffp-contract=off -fno-fast-math

opt-release := -O2 -g -D_FORTIFY_SOURCE=2
opt-debug   := -O0 -g3 -DFAULT_POINTS
opt-san     := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
               -fno-omit-frame-pointer -DFAULT_POINTS
opt-cov     := -O0 -g --coverage -DFAULT_POINTS

PKGS     := libcurl libgit2 yaml-0.1 libcjson openssl
PKGS_SIM := libmicrohttpd libcjson libzstd
CFLAGS  += -std=c11 -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L $(WARN) \
           $(NUMERIC) $(opt-$(VARIANT)) $(if $(DEVELOPER),-Werror)
CPPFLAGS += -Isrc -Itests/unit
LIBS     = $(shell pkg-config --libs $(PKGS)) -lm
LIBS_SIM = $(shell pkg-config --libs $(PKGS_SIM)) -lm -lpthread

objs  = $(patsubst %.c,$(BUILD)/%.o,$(foreach d,$(1),$(sort $(wildcard $(d)/*.c))))
src   = $(addprefix src/,$(1))
tests = $(addprefix tests/unit/,$(1))

PURE_OBJS  := $(call objs,$(call src,$(PURE)))
EDGE_OBJS  := $(call objs,$(call src,$(EDGE)))
APP_OBJS   := $(call objs,$(call src,$(APP)))
SIM_OBJS   := $(call objs,$(call src,$(SIM)))
MAIN_OBJS  := $(BUILD)/src/cli/main.o
SIM_MAIN   := $(BUILD)/src/sim/main.o
PURE_TESTS := $(call objs,$(call tests,$(PURE)))
EDGE_TESTS := $(call objs,$(call tests,$(EDGE) $(APP) $(SIM)))

.PHONY: all check check-unit check-e2e check-long lint docs demo demo-real \
        clean help
.DEFAULT_GOAL := all

all: $(BUILD)/gridwatch $(BUILD)/gridwatch-sim ## build both programs
	@echo "built $(BUILD)/gridwatch and gridwatch-sim; 'make check' tests them"

$(BUILD)/gridwatch: $(APP_OBJS) $(EDGE_OBJS) $(BUILD)/libpure.a
	$(Q)echo "  LD   $@"; $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/gridwatch-sim: $(SIM_OBJS) $(call objs,src/sys) $(BUILD)/libpure.a
	$(Q)echo "  LD   $@"; $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_SIM) \
	    $$(pkg-config --libs yaml-0.1 openssl)

$(BUILD)/libpure.a: $(PURE_OBJS)
	$(Q)echo "  AR   $@"; rm -f $@; $(AR) rcs $@ $^

# The pure tests link libm and CUnit and nothing else: I/O in the core cannot link.
$(BUILD)/pure_tests: $(PURE_TESTS) $(BUILD)/tests/unit/test.o \
                     $(BUILD)/pure_suites.o $(BUILD)/libpure.a
	$(Q)echo "  LD   $@"; $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcunit -lm

$(BUILD)/edge_tests: $(EDGE_TESTS) $(BUILD)/tests/unit/test.o \
                     $(BUILD)/edge_suites.o \
                     $(filter-out $(MAIN_OBJS),$(APP_OBJS)) $(EDGE_OBJS) \
                     $(filter-out $(SIM_MAIN),$(SIM_OBJS)) $(BUILD)/libpure.a
	$(Q)echo "  LD   $@"; $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcunit \
	    $(LIBS) $(LIBS_SIM)

# A test file is a suite: FOO_test.c defines `void FOO_test(void)`. Its row in
# the list of suites is written here, so that none can be forgotten.
suites = $(sort $(foreach o,$(1),$(basename $(notdir $(o)))))
$(BUILD)/pure_suites.c: Makefile $(PURE_TESTS)
	$(Q)tests/unit/suites.sh $(call suites,$(PURE_TESTS)) > $@
$(BUILD)/edge_suites.c: Makefile $(EDGE_TESTS)
	$(Q)tests/unit/suites.sh $(call suites,$(EDGE_TESTS)) > $@
$(BUILD)/%_suites.o: $(BUILD)/%_suites.c
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/%.o: %.c $(BUILD)/flags
	$(Q)mkdir -p $(@D); echo "  CC   $<"; \
	    $(CC) $(CPPFLAGS) -MMD -MP $(CFLAGS) -c -o $@ $<

# Other flags, other objects.
FLAGS_NOW := $(CC) $(CPPFLAGS) $(CFLAGS)
$(BUILD)/flags: FORCE
	$(Q)mkdir -p $(@D); echo '$(FLAGS_NOW)' | cmp -s - $@ || echo '$(FLAGS_NOW)' > $@
FORCE:

$(BUILD)/src/cli/version.o: CPPFLAGS += -DGRIDWATCH_VERSION='"$(VERSION)"' \
    -DGRIDWATCH_REVISION='"$(REVISION)"'

check: all check-unit check-e2e ## every test; ends with 'N passed, N failed'
	$(Q)tests/tally.sh sum $(BUILD)/tally

check-unit: $(BUILD)/pure_tests $(BUILD)/edge_tests ## unit tests only
	$(Q)rm -rf $(BUILD)/tally && mkdir -p $(BUILD)/tally
	$(Q)$(BUILD)/pure_tests $(BUILD)/tally/pure
	$(Q)$(BUILD)/edge_tests $(BUILD)/tally/edge

lint: ## layers, purity, banned names, headers alone, sizes, format, docs
	$(Q)tests/lint/lint.sh

clean: ## remove build/
	rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-12s %s\n",$$1,$$2}' \
	    $(MAKEFILE_LIST)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
