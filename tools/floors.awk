# Checks that a folder of core/src includes only what stands below it. Input: core's sources.
# A folder's files include one another freely; core/include stands under everything.
BEGIN {
  count = split("testing cli server admin plugin pipeline routing jobs redis sql fetch upstream http tls services config loop base", floors, " ")
  for (i = 1; i <= count; i++) depth[floors[i]] = i
}

function floor_of(path) {
  sub(/^core\/src\//, "", path)
  return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : ""
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
  from = floor_of(FILENAME)
  split($0, quoted, "\"")
  to = quoted[2] ~ /\// ? substr(quoted[2], 1, index(quoted[2], "/") - 1) : ""
  if (from == "") next                      # main.cpp stands above all
  if (!(from in depth)) problem("no such floor: " from)
  else if (to == "") problem("name the folder: \"" quoted[2] "\"")
  else if (!(to in depth)) problem("no such floor: " to)
  else if (depth[to] < depth[from]) problem(from " stands below " to " and may not include it")
}

function problem(text) {
  printf "%s:%d: %s\n", FILENAME, FNR, text
  failed = 1
}

END { exit failed }
