# Complains of includes that layers.txt (-v table=) does not allow.
function complain(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    bad = 1
}

function read_table(    line, part, n, i, folder) {
    while ((getline line < table) > 0) {
        if (line !~ /^[a-z]+ +[a-z0-9_]+:/)
            continue
        n = split(line, part, " ")
        folder = part[2]
        sub(/:$/, "", folder)
        known[folder] = 1
        allowed[folder, folder] = 1
        for (i = 3; i <= n; i++)
            allowed[folder, part[i]] = 1
    }
    close(table)
}

BEGIN { read_table() }

FNR == 1 {
    n = split(FILENAME, path, "/")
    in_tools = path[1] == "tools"
    in_src = path[1] == "src" || in_tools
    folder = in_tools ? "tools" : in_src ? path[2] : path[n - 1]
    if (in_src && n != (in_tools ? 2 : 3))
        complain("a source file lives in src/FOLDER/ or in tools/")
    else if (in_src && !(folder in known))
        complain("folder '" folder "' is not in layers.txt")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    name = $0
    sub(/^[^"]*"/, "", name)
    sub(/".*$/, "", name)
    n = split(name, part, "/")
    if (name ~ /_internal\.h$/ && !(in_src && part[1] == folder))
        complain("'" name "' is internal to src/" part[1])
    if (!in_src)
        next
    if (n != 2)
        complain("'" name "' is not written as \"FOLDER/FILE.h\"")
    else if (!(part[1] in known))
        complain("folder '" part[1] "' of '" name "' is not in layers.txt")
    else if (!((folder, part[1]) in allowed))
        complain("'" folder "' may not include '" name "'")
}

END { exit bad }
