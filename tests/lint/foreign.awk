# Complains of #include <...> that foreign.txt (-v table=) does not allow.
function complain(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    bad = 1
}

function read_table(    line, part) {
    while ((getline line < table) > 0) {
        if (line ~ /^#/ || split(line, part, " ") != 3)
            continue
        header[++rows] = part[1]
        where[rows] = part[2]
        most[rows] = part[3]
    }
    close(table)
}

BEGIN { read_table() }

/^[ \t]*#[ \t]*include[ \t]*</ {
    name = $0
    sub(/^[^<]*</, "", name)
    sub(/>.*$/, "", name)
    for (row = 1; row <= rows && name !~ header[row]; row++)
        ;
    if (row > rows) {
        complain("<" name "> has no row in foreign.txt")
        next
    }
    if (FILENAME !~ where[row]) {
        complain("<" name "> may be included only in " where[row])
        next
    }
    if (!((row, FILENAME) in seen)) {
        seen[row, FILENAME] = 1
        files[row]++
    }
    if (most[row] != "-" && files[row] > most[row])
        complain("<" name "> already has its file: " first[row])
    else
        first[row] = FILENAME
}

END { exit bad }
