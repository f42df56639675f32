# SPDX-License-Identifier: BSD-3-Clause
LINT_TESTS = \
	%D%/headers.bats \
	%D%/layers.bats \
	%D%/library.bats \
	%D%/man.bats \
	%D%/project.bats \
	%D%/sources.bats
EXTRA_DIST += $(LINT_TESTS) %D%/layers.sh
if HAVE_BATS
TESTS += $(LINT_TESTS)
endif
