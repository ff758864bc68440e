#!/bin/sh
# Link the kernel with a table of its own symbols.
#
#   link.sh OUT LINKER_SCRIPT OBJECT...
#
# The table is made from a linked image and then is part of it, which may
# move what comes behind it.  So: link with an empty table, make the table,
# link again, until the table made from the image is the one inside it.
set -eu

out=$1 script=$2
shift 2
here=$(dirname "$0")
work=$(dirname "$out")/kallsyms
mkdir -p "$work"

compile_table() {
	# shellcheck disable=SC2086 # flags are a list
	$CC $CFLAGS -g0 -c -o "$work/table.o" "$work/table.c"
}

link() {
	# shellcheck disable=SC2086
	$LD $LDFLAGS -T "$script" -o "$work/image" "$@" "$work/table.o"
}

"$PYTHON" "$here/kallsyms.py" </dev/null >"$work/table.c"
for pass in 1 2 3 4 5; do
	compile_table
	link "$@"
	"$NM" -n "$work/image" | "$PYTHON" "$here/kallsyms.py" >"$work/next.c"
	if cmp -s "$work/table.c" "$work/next.c"; then
		mv "$work/image" "$out"
		exit 0
	fi
	mv "$work/next.c" "$work/table.c"
done
echo "link.sh: symbol addresses still move after $pass links" >&2
exit 1
