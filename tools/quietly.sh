# shellcheck shell=bash disable=SC2154 # root comes from ./dev
# Runs long commands without their output, and shows how far a build has come. Sourced by ./dev, which defines root.

say() {
  printf 'dev: %s\n' "$*" >&2
}

# "41 of 223", from the last status line that ninja wrote into the log; nothing while there is none.
steps_in() {
  { grep -o '^\[[0-9]*/[0-9]*\]' "$1" || true; } | tail -n 1 | sed 's,^\[\(.*\)/\(.*\)\]$,\1 of \2,'
}

# show_steps WHAT LOG PID: how far the build that writes the log has come, as long as the process lives. On a terminal
# one line that is rewritten every second, elsewhere a line every DEV_STEPS_EVERY seconds.
show_steps() {
  local what=$1 log=$2 process=$3 steps shown='' every=1 seconds=0
  if [[ ! -t 2 ]]; then
    every=${DEV_STEPS_EVERY-30}
  fi
  # A sleep outlives a watcher that is killed: whoever reads our output is not to wait for it.
  while sleep 1 >/dev/null 2>&1 && kill -0 "$process" 2>/dev/null; do
    seconds=$((seconds + 1))
    if ((seconds % every != 0)); then
      continue
    fi
    steps=$(steps_in "$log")
    if [[ -z $steps || $steps == "$shown" ]]; then
      continue
    fi
    shown=$steps
    if [[ -t 2 ]]; then
      printf '\r\033[Kdev: %s: %s' "$what" "$steps" >&2
    else
      say "$what: $steps"
    fi
  done
}

# quietly WHAT COMMAND...: one line when it works, its whole output when it does not, and "WHAT: n of m" meanwhile where
# the command runs ninja. The command stays in the foreground, so that Ctrl-C reaches it.
quietly() {
  local what=$1 log watcher started=$SECONDS status=0
  shift
  mkdir -p "$root/build"
  log=$(mktemp "$root/build/log.XXXXXX")
  show_steps "$what" "$log" "$$" &
  watcher=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  if [[ -t 2 ]]; then
    printf '\r\033[K' >&2
  fi
  if [[ $status -ne 0 ]]; then
    cat "$log" >&2
    say "failed: $what"
  else
    say "$what: done ($((SECONDS - started)) s)"
  fi
  rm -f "$log"
  return "$status"
}
