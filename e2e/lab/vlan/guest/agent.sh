#!/bin/sh
# One script per connection. In: its length in bytes, a line end, the script.
# Out: exit code, lengths of what it wrote to stdout and stderr, a line end, both.
read -r size
dir=$(mktemp -d)
head -c "$size" >"$dir/script"
sh "$dir/script" >"$dir/out" 2>"$dir/err" </dev/null
code=$?
echo "$code $(stat -c %s "$dir/out") $(stat -c %s "$dir/err")"
cat "$dir/out" "$dir/err"
rm -rf "$dir"
