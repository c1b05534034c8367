# Complains of the identifiers that banned.txt (-v table=) bans.
function read_table(    line, part, n, i, name, only) {
    while ((getline line < table) > 0) {
        n = split(line, part, " ")
        if (line ~ /^#/ || n < 3)
            continue
        name = part[1]
        only = sub(/\($/, "", name)
        calls_only[name] = only
        where[name] = part[2]
        why[name] = part[3]
        for (i = 4; i <= n; i++)
            why[name] = why[name] " " part[i]
    }
    close(table)
}

function judge(name, rest) {
    if (!(name in where))
        return
    if (calls_only[name] && rest !~ /^[ \t]*\(/)
        return
    if (where[name] != "-" && FILENAME ~ where[name])
        return
    printf "%s:%d: '%s' is banned: %s\n", FILENAME, FNR, name, why[name]
    bad = 1
}

BEGIN { read_table() }
FNR == 1 { code_begin() }

{
    line = code($0)
    if (line ~ /^[ \t]*#[ \t]*include/)
        next
    while (match(line, /[A-Za-z_][A-Za-z0-9_]*/)) {
        name = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        judge(name, line)
    }
}

END { exit bad }
